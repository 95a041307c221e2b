-- The register. Days are ISO 8601 text; positions count from 0 in reading order; a NULL status means: still to be read.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE roots (name TEXT PRIMARY KEY, place BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    root TEXT NOT NULL,
    container INTEGER REFERENCES files (id),
    kind TEXT,
    bytes INTEGER NOT NULL DEFAULT 0,
    modified INTEGER,
    sha256 TEXT,
    status TEXT,
    cause TEXT,
    duplicate_of INTEGER REFERENCES files (id),
    measures INTEGER NOT NULL DEFAULT 0,
    measures_before INTEGER,
    degraded INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX files_sha256 ON files (sha256);
CREATE INDEX files_container ON files (container);
CREATE INDEX files_duplicate_of ON files (duplicate_of);
CREATE INDEX files_pending ON files (path) WHERE status IS NULL;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL UNIQUE REFERENCES files (id) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT,
    pages INTEGER,
    plan_text TEXT,
    json BLOB
) STRICT;
CREATE INDEX documents_sha256 ON documents (sha256);
CREATE INDEX documents_plan_text ON documents (plan_text);

CREATE TABLE plans (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    title TEXT,
    kind TEXT NOT NULL,
    region TEXT,
    region_name TEXT,
    period_start TEXT,
    period_end TEXT,
    approval_person TEXT,
    approval_position TEXT,
    approval_date TEXT,
    act_kind TEXT,
    act_number TEXT,
    act_date TEXT,
    act_authority TEXT,
    signatory_person TEXT,
    signatory_position TEXT
) STRICT;
CREATE INDEX plans_document ON plans (document);

CREATE TABLE sections (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT,
    title TEXT NOT NULL
) STRICT;
CREATE INDEX sections_plan ON sections (plan);

CREATE TABLE measures (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
    section INTEGER REFERENCES sections (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    number TEXT,
    text TEXT NOT NULL,
    page INTEGER,
    line_start INTEGER NOT NULL,
    line_end INTEGER NOT NULL,
    confidence REAL NOT NULL,
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX measures_plan ON measures (plan);
CREATE INDEX measures_section ON measures (section) WHERE section IS NOT NULL;
CREATE INDEX measures_confidence ON measures (confidence);

CREATE TABLE fields (
    measure INTEGER NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (measure, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE deadlines (
    id INTEGER PRIMARY KEY,
    measure INTEGER NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    kind TEXT NOT NULL,
    choice TEXT NOT NULL,
    frequency TEXT,
    times INTEGER,
    rrule TEXT,
    time TEXT,
    "offset" TEXT,
    condition TEXT,
    inferred INTEGER NOT NULL
) STRICT;
CREATE INDEX deadlines_measure ON deadlines (measure);

CREATE TABLE intervals (
    deadline INTEGER NOT NULL REFERENCES deadlines (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    first_day TEXT,
    last_day TEXT,
    edtf TEXT,
    PRIMARY KEY (deadline, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX intervals_last_day ON intervals (last_day);

CREATE TABLE entities (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE executors (
    id INTEGER PRIMARY KEY,
    measure INTEGER NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    entity TEXT REFERENCES entities (id),
    score REAL,
    by_agreement INTEGER NOT NULL,
    person_position TEXT,
    folded TEXT NOT NULL
) STRICT;
CREATE INDEX executors_measure ON executors (measure);
CREATE INDEX executors_entity ON executors (entity);

CREATE TABLE repairs (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    page INTEGER,
    line INTEGER NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    kind TEXT NOT NULL,
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    severity TEXT NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    line INTEGER,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE residue (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    page INTEGER,
    line_start INTEGER NOT NULL,
    line_end INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

-- Words are looked for as they are folded: small letters, «е» for «ё». SQLite itself folds ASCII only.
CREATE VIRTUAL TABLE search USING fts5 (
    folded, content = 'measures', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0'
);
-- Who writes fills the index at the end of a group (search.rs); a measure of an open group is not in it yet.
CREATE TRIGGER measures_are_forgotten AFTER DELETE ON measures
WHEN EXISTS (SELECT 1 FROM search_docsize WHERE id = old.id) BEGIN
    INSERT INTO search (search, rowid, folded) VALUES ('delete', old.id, old.folded);
END;

-- One row for each measure, with what a reader asks for first.
CREATE VIEW overview AS
SELECT m.id, f.path, p.title AS plan, p.region, p.region_name, substr(p.period_start, 1, 4) AS year, m.number, m.text,
    (SELECT group_concat(text, '; ') FROM (SELECT text FROM deadlines WHERE measure = m.id ORDER BY position)) AS deadline,
    (SELECT group_concat(name, '; ') FROM (SELECT name FROM executors WHERE measure = m.id ORDER BY position)) AS executors,
    m.confidence, m.line_start
FROM measures m JOIN plans p ON p.id = m.plan JOIN documents d ON d.id = p.document JOIN files f ON f.id = d.file;

-- Every last day that a term names; «candidate» where the term does not decide between several.
-- A view takes no parameter: ask WHERE days_left BETWEEN 0 AND 30, or WHERE due BETWEEN two days.
CREATE VIEW due_soon AS
SELECT i.last_day AS due, CAST(julianday(i.last_day) - julianday(date('now')) AS INTEGER) AS days_left,
    d.choice = 'one' AS candidate, d.text AS term, o.*
FROM intervals i JOIN deadlines d ON d.id = i.deadline JOIN overview o ON o.id = d.measure
WHERE i.last_day IS NOT NULL;

CREATE VIEW load_by_executor AS
SELECT min(e.name) AS executor, e.entity, count(DISTINCT e.measure) AS measures, count(DISTINCT m.plan) AS plans,
    min(coalesce(i.first_day, i.last_day)) AS first_day, max(i.last_day) AS last_day
FROM executors e JOIN measures m ON m.id = e.measure
LEFT JOIN deadlines d ON d.measure = m.id LEFT JOIN intervals i ON i.deadline = d.id
GROUP BY coalesce(e.entity, e.folded);

CREATE VIEW without_deadline AS
SELECT o.* FROM overview o WHERE NOT EXISTS (
    SELECT 1 FROM deadlines d WHERE d.measure = o.id AND d.kind NOT IN ('unresolved', 'placeholder'));

CREATE VIEW by_region_and_year AS
SELECT p.region, p.region_name, substr(p.period_start, 1, 4) AS year, count(DISTINCT p.id) AS plans, count(m.id) AS measures
FROM plans p LEFT JOIN measures m ON m.plan = p.id
GROUP BY p.region, p.region_name, substr(p.period_start, 1, 4);

CREATE VIEW to_review AS
SELECT * FROM overview ORDER BY confidence, path, line_start;
