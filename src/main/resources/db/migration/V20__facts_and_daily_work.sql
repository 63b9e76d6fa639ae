-- Processes ask what others have found out since they asked last.
CREATE INDEX inspection_inspected ON inspection (inspected);
CREATE INDEX attestation_check_checked ON attestation_check (checked);

-- What is done every day is one job, however many servers there are.
CREATE UNIQUE INDEX job_daily ON job (kind) WHERE kind = 'daily';
