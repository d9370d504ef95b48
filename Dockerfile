# `.ci/image` runs the same steps without Docker; test/project/image.test.ts compares the two.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json ./
RUN npm ci --ignore-scripts
COPY src src
RUN npm run page

FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
# A third of the size, which Node does not read.
RUN find node_modules -name "*.map" -delete -o -name "*.d.ts" -delete

FROM node:24-slim AS service
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
COPY --from=packages /app/node_modules node_modules
COPY src src
COPY migrations migrations
COPY --from=build /app/dist/page dist/page
# The default DATA_FOLDER, which only the embedded PostgreSQL and the development sign-in use.
RUN install -d -m 1777 .data
# The user `node`, as a number, so that an orchestrator can check that it is not root.
USER 1000:1000
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "src/healthCheck.mjs"]
CMD ["node", "src/start.mjs"]
