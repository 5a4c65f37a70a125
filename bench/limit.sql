-- The limit on this machine: intake as ONE data-modifying statement, with the same number of rows and indexes as ours.
DROP SCHEMA IF EXISTS bench CASCADE;
CREATE SCHEMA bench;
CREATE TABLE bench.counter (key text PRIMARY KEY, last int NOT NULL);
CREATE TABLE bench.dossier (
  id bigserial PRIMARY KEY, code text UNIQUE, status text, agency int, office int, applicant text, procedure int,
  received_at timestamptz, due_at timestamptz, extra text
);
CREATE INDEX ON bench.dossier (agency, due_at) WHERE status = 'received';
CREATE INDEX ON bench.dossier (agency, received_at);
CREATE INDEX ON bench.dossier (office, received_at);
CREATE INDEX ON bench.dossier (applicant);
CREATE INDEX ON bench.dossier (procedure);
CREATE INDEX ON bench.dossier (received_at);
CREATE TABLE bench.paper (id bigserial PRIMARY KEY, dossier bigint, name text, originals int);
CREATE INDEX ON bench.paper (dossier);
CREATE TABLE bench.task (id bigserial PRIMARY KEY, dossier bigint, agency int, state text, due_at timestamptz);
CREATE INDEX ON bench.task (agency, due_at) WHERE state = 'open';
CREATE INDEX ON bench.task (dossier);
CREATE TABLE bench.event (id bigserial PRIMARY KEY, chain text, seq int, kind text, at timestamptz, data jsonb, hash text);
CREATE UNIQUE INDEX ON bench.event (chain, seq);
