-- The schemas and the roles that exist in every Segue. Passwords are set by the server, never here.

CREATE SCHEMA IF NOT EXISTS segue;
CREATE SCHEMA IF NOT EXISTS history;
CREATE SCHEMA IF NOT EXISTS data;

-- The exporter inside the broker signs in with this role. It reaches nothing until the schema of the
-- history grants it its own tables. On servers where Segue may not create roles, an administrator has
-- created it before.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'segue_exporter') THEN
    CREATE ROLE segue_exporter LOGIN;
  END IF;
END
$$;

GRANT USAGE ON SCHEMA history TO segue_exporter;

-- The roles that Segue made, with their passwords: every server that shares this database needs them,
-- and whoever can read this table owns those roles anyway.
CREATE TABLE segue.database_role (
  name       text        PRIMARY KEY,
  password   text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE segue.database_role IS 'Login roles that Segue made, shared by all its servers';
