# PostgreSQL of compose.yaml runs this once, when the volume is empty. The role owns its database, and is no superuser.
psql --username=postgres --set=ON_ERROR_STOP=1 --set=password="$CRM_REPORTS_PASSWORD" <<'SQL'
CREATE ROLE crm_reports LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE crm OWNER crm_reports;
SQL
