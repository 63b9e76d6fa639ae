-- Replacing a document asks whether anything names the old one; the sweep asks it of every blob.
CREATE INDEX document_digest ON document (digest);
