import { type Language, targets } from "./Language.ts"

export const spanish: Language = {
  concepts: {
    lead: "contacto*, interesado*, prospecto*, consulta*, solicitud*, clientes potenciales, cliente potencial",
    deal: "operacion*, trato, tratos, negocio, negocios, oportunidad*, contrato*, transaccion*, inmueble*",
    task: "tarea*, recordatorio*, quehacer*",
    call: "llamada, llamadas, llamar*, llamado*, llamamos, llama, llaman, telefon*, llamo",
    email: "correo*, mensaje*, correo electronico, correos electronicos",
    new: "nuevo*, nueva*, cread*, entrante*, han entrado, entraron, registrad*",
    won:
      "ganad*, ganamos, ganar, ganan, gana, gano, vendid*, vendemos, vendimos, vender, vendio, vendieron, cerrad* con exito",
    lost: "perdid*, perdemos, perder, pierde*, perdimos",
    open: "abiert*, en curso, vigente*, activa, activas, activo, activos",
    reason: "motivo*, razon*, por que, causa*",
    rate: "tasa*, ratio*, porcentaje*, proporcion*, indice*",
    value: "valor*, importe*, cuantia*, precio*, volumen, dinero, tamano*, monto*, vale, valen",
    "won value": "ingreso*, facturacion*, facturado*, facturamos",
    pipeline: "cartera, embudo de ventas",
    forecast:
      "prevision*, pronostico*, previst*, esperad*, esperamos, esperan, se espera, preve*, proyeccion*, proyectad*, se cerraran, se cerrara, se van a cerrar, se va a cerrar, va a cerrarse, van a cerrarse, por cerrar",
    weighted: "ponderad*, probabilidad*",
    funnel: "embudo*",
    cohort: "cohorte*, analisis de cohorte*, en que entraron, en q entraron, en que llegaron, mes de entrada",
    stage: "etapa*, fase*",
    status: "estado*, situacion*",
    source:
      "origen*, fuente*, canal*, procedencia*, captacion*, de donde vienen, de donde vino, de donde llegan, de donde proceden, de donde",
    tag: "etiqueta*, etiquetad*",
    type: "tipo*, clase*",
    buyer: "comprador*",
    seller: "vendedor*, propietario*",
    client: "cliente*",
    conversion: "conversion*, convert*, conviert*, acaba siendo, acaban siendo, terminan siendo, llegan a ser",
    commission: "comision*, honorario*",
    breakdown: "desglose*, reparto*, distribucion*",
    completed: "complet*, terminad*, hecha*, hecho*, realizad*, acabad*, finaliz*",
    overdue: "vencid*, atrasad*, retrasad*, fuera de plazo, con retraso, ya pasad*, pasada de fecha, pasadas de fecha",
    "overdue close":
      "deberian haber cerrado, deberian haberse cerrado, deberian estar cerrad*, tendrian que haber cerrado",
    pending: "pendiente*, sin hacer, sin terminar",
    time: "tiempo*, rapid*, velocidad*, tardamos, tarda, tardan, cuanto tardamos, cuanto tarda, cuanto tiempo, demora*",
    "time status": "atascad*, estancad*, cuello de botella, se atascan, se quedan",
    first: "primer*",
    close: "cierre, fecha de cierre, fechas de cierre, cerrar, cerrad*, cerramos, cierran",
    never: "nunca, nadie, todavia no, aun no, jamas, sin",
    "never call":
      "sin llamar, no llamado*, sin contactar, no contactado*, sin llamada*, no hemos llamado, no se ha llamado, no ha llamado",
    unassigned:
      "sin asignar, sin responsable*, sin agente*, sin comercial*, sin propietario*, sin dueno*, no asignad*, de nadie, nadie tiene asignad*, nadie lleva, sin persona asignada",
    reply: "respuesta*, respond*, contesta*",
    outcome: "resultado*, buzon*, sin respuesta, ocupad*, no contestad*",
    connect: "conexion*, conect*, contactabilidad*, localizad*, cogen el telefono, descuelgan, contestan al telefono",
    success: "exito*, exitos*",
    direction: "direccion*, sentido*",
    inbound: "recibid*, entrantes, recibimos, recibo",
    outbound: "enviad*, mandad*, mandamos, saliente*, enviamos, emitid*",
    duration: "duracion*, duran, dura, longitud",
    talk: "conversacion*, hablad*, hablamos, hablando, hablar, tiempo al telefono",
    person:
      "agente*, persona, personas, equipo*, empleado*, comercial*, miembro*, cada uno, quien, quienes, asesor*, companero*, por vendedor*, cada vendedor*",
    "person ranking": "clasificacion*, mejor, mejores, peor, peores",
    ranking: "mas, mayor, mayores, menos",
    "won deal": "cierres, venta, ventas, rendimiento*, desempen*, rinde*",
    "deal close time":
      "ciclo de venta*, ciclo comercial, dias hasta el cierre, tiempo hasta el cierre, tiempo de cierre, tiempo medio de cierre, dias para cerrar, tardamos en cerrar, cuanto tardamos en cerrar, cuanto tiempo tardamos en cerrar, cuanto tarda en cerrar*, cuanto tardan en cerrar*, cuanto se tarda en cerrar*, tarda en cerrar*, tardan en cerrar*",
    "average value": "ticket medio, precio medio, importe medio, tamano medio, valor medio",
    "completed rate": "a tiempo, puntual*, en plazo, dentro de plazo",
    "won rate":
      "tasa de exito, tasa de cierre*, ratio de cierre*, porcentaje de cierre*, tasa de ganad*, tasa de victoria*",
    "conversion rate": "tasa de conversion, ratio de conversion",
    "lead first call time":
      "tiempo de respuesta, tiempo de reaccion, tardamos en llamar, cuanto tardamos en llamar, cuanto tardamos en contactar, cuanto tardamos en responder, tarda en llamar, tardamos en contactar, tardamos en responder",
    average: "promedio*, medio, medios, media, medias, en media, de media, valor medio, tipico*",
    count: "numero de, cantidad*, cuanto*, cuanta*, recuento*",
    trend: "evolucion*, tendencia*, a lo largo del tiempo, progreso*, historico*",
    overview:
      "todo sobre, todo lo de, todo acerca de, resumen*, panorama*, vista general, vision general, cuadro de mando",
    "email inbound": "correos que llegan, correos que entran, correos que recibimos",
    "email outbound": "correos que salen, correos que mandamos, correos que enviamos"
  },
  statuses: {
    unqualified: "(?:no|des) ?c[ua]+lificad[oa]s?",
    "bad timing": "mal momento|momento equivocado"
  },
  only: "solo|solamente|unicamente|de|del|desde|por|via",
  silent:
    `a al ante con como cual cuales cuando da dame danos de del desde e el ella ellas ellos en entre era eran es esa ese
    eso esta estan estamos estas este esto estos fue fueron ha han haber habia hace hacemos hacen hasta hay hemos he 
    la las le les lo los me mi mis muestra muestrame mostrar ensename ensena necesito nos nuestra nuestras nuestro
    nuestros o para pero por porque q puedes podemos puedo pues que querria quiero queremos quisiera se sea segun ser si
    sobre solo solamente sino unicamente son su sus sobre tal tambien te ten tenemos tengo tiene tienen toda todas todos tras tu tus un
    una unas uno unos va vamos van ver veo vienen viene viniendo y ya favor gracias hola grafico grafica graficos informe
    informes lista listado ahora mismo actual actualmente qe traen trae cuales donde hacia cada haz hazme genera llegan llega
    llegado entrado entraron pasa pasan pasado compara comparar hicimos hecho ido vs frente`,
  pronouns: "quien, quienes",
  negations:
    "sin|no|nada(?: (?:de|sobre))?|ningun\\w*|excepto|salvo|excluy\\w*|excluir|excluido|aparte de|quita\\w*|omite\\w*|omitir|menos|ignora\\w*|ni|en vez de|en lugar de",
  contrasts: "pero|solo|solamente|sino|unicamente",
  orders:
    "borr(?:a|ar|ame|e|en)|elimin(?:a|ar|ame|e|en)|suprim(?:e|ir)|cambi(?:a|ar|e)|modific(?:a|ar)|edit(?:a|ar)|renombr(?:a|ar)|actualiz(?:a|ar)|asign(?:a|ar)|reasign(?:a|ar)|mueve|mover|importa|importar|archiv(?:a|ar)|envia (?!me|nos)|enviar|marca|marcar|vacia|vaciar",
  occasions: {
    overview:
      "como (?:vamos|va|van|estamos|andamos|nos va|fue|fuimos|nos ha ido|ha ido|esta)(?: (?:el negocio|las cosas|todo|la empresa|la agencia|las ventas|de ventas))?|que tal(?: (?:vamos|va|van|el negocio|las cosas|todo|la empresa))*|reunion (?:del? )?(?:los )?(?:lunes|semanal|mensual|equipo directivo|direccion|la direccion|trimestral|seguimiento|manana)|reunion|informe (?:semanal|mensual|trimestral|anual|de direccion)|(?:para )?(?:el |la |mi |los )?(?:jefe|jefa|dueno|duena|director|directora|direccion general|gerente|gerencia|inversores|socios|junta|consejo)|de un vistazo|indicadores(?: clave)?|kpis?|que (?:ha pasado|paso|hay de nuevo)|marcha del negocio|estado del negocio",
    team:
      "reunion (?:de|del|con el) equipo|evaluacion(?: del| de)?(?: equipo| desempeno| rendimiento)?|como (?:va|van|esta|rinde|lo hace|trabaja) (?:mi|el|nuestro|la|mis) (?:equipo|gente|agentes|comerciales)|quien (?:necesita|requiere) (?:ayuda|apoyo)|quien (?:va|lo hace) (?:bien|mal|mejor)|bonus|incentivos?|primas",
    goals:
      `por buen camino|(?:cumplimos|alcanzamos|llegamos a) (?:l[ao]s |nuestr[ao]s )?(?:${targets.spanish})|(?:nuestr[ao]s|mis) (?:${targets.spanish})`,
    sources: "(?:reunion|informe) de marketing|marketing|de donde viene el (?:negocio|dinero)",
    pipeline:
      "reunion (?:de|comercial|de ventas|comercial)(?: ventas)?|que (?:vamos a|podemos) cerrar|(?<!(?:mes|trimestre|semana|ano) )que (?:viene|esta por venir|hay en marcha)",
    activity:
      "actividad(?:es)?|que (?:hace|hacen|esta haciendo|estan haciendo|ha hecho) (?:mi|el|la|mis|los) (?:equipo|gente|agentes|comerciales)|carga de trabajo|como de (?:ocupados|activos)(?: estamos| estan)?",
    work:
      "(?:en )?que (?:debo|deberia|tengo que|hay que|debemos|tenemos que|puedo|me toca)(?: yo)? (?:hacer|trabajar|atender|priorizar|empezar|revisar)(?: (?:hoy|primero|ahora|manana))*|que (?:hago|hacemos)(?: (?:hoy|primero|ahora))*|que (?:es|hay de|hay) urgente|mis prioridades|prioridades|a quien (?:debo|deberia|tengo que|hay que|llamo) ?(?:llamar|contactar)?(?: (?:hoy|primero|ahora))*|por donde empiezo|mi dia|que (?:se )?(?:me|nos) ha olvidado|que he olvidado|que tengo pendiente|que queda pendiente|que me queda por hacer|que requiere (?:mi )?atencion"
  },
  reports: "informe, informes, panel, cifras, numeros, datos, estadisticas, resumen, graficos",
  calendar: {
    units: {
      day: "dias?",
      week: "semanas?",
      month: "mes(?:es)?",
      quarter: "trimestres?",
      year: "anos?"
    },
    last: "(?:ultim[oa]s?|pasad[oa]s?)",
    lastAfter: "(?:pasad[oa]s?|anterior(?:es)?|ultim[oa]s?)",
    now: "(?:est[ea]|presente)",
    nowAfter: "(?:actual|en curso|corriente)",
    next: "proxim[oa]s?",
    nextAfter: "(?:que viene|siguiente|proxim[oa])",
    before: "(?:en|durante|de|del|desde|a lo largo de)",
    articles: "el|la|los|las|lo|del",
    today: "hoy|de hoy",
    yesterday: "ayer",
    thisYear: "(?:en )?lo q(?:ue)? (?:va|llevamos) del? ano|desde principios? de ano",
    within: "dentro de|despues de|en|a los|a",
    allTime: "desde siempre|historicamente|de todos los tiempos|desde el principio|desde el inicio",
    each: "(?:por|x|segun (?:el|la)|cada|al|a la)",
    steps: {
      day: "diari[oa]s?|diariamente|dia a dia",
      week: "semanal(?:es|mente)?|semana a semana",
      month: "mensual(?:es|mente)?|mes a mes",
      quarter: "trimestral(?:es|mente)?",
      year: "anual(?:es|mente)?|ano a ano"
    },
    numbers: {
      dos: 2,
      tres: 3,
      cuatro: 4,
      cinco: 5,
      seis: 6,
      siete: 7,
      ocho: 8,
      nueve: 9,
      diez: 10,
      doce: 12,
      catorce: 14,
      dieciocho: 18,
      treinta: 30,
      sesenta: 60,
      noventa: 90
    },
    months: [
      "enero",
      "febrero",
      "marzo",
      "abril",
      "mayo",
      "junio",
      "julio",
      "agosto",
      "septiembre|setiembre",
      "octubre",
      "noviembre",
      "diciembre"
    ],
    ordinals: ["primer|primero|1er", "segundo|2o", "tercer|tercero|3er", "cuarto|4o"],
    half: "semestre",
    since: "desde|a partir de",
    between: "entre",
    from: "de|desde|del",
    until: "hasta|a|al",
    asOf: "(?:tal )?como (?:estaba|estaban)|a fecha de|a fecha|con fecha de|situacion a|estado a",
    compared: "comparad[oa]s? con|en comparacion con|frente al?|respecto al?|contra|vs|versus|comparando con|que",
    previousPeriod: "periodo anterior|periodo previo|anterior",
    previous: "(?:previo|previa)",
    previousAfter: "(?:anterior|previo|previa)"
  },
  charts: {
    area: "areas?",
    line: "lineas?",
    bar: "barras?|columnas?",
    donut: "anillos?|rosquillas?",
    pie: "tarta|circular|pastel|sectores",
    radar: "arana|radar",
    radial: "medidor|velocimetro"
  },
  chartNoun: "grafico de|grafico|grafica de|grafica|diagrama de|diagrama"
}
