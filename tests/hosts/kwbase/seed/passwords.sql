-- Only a secure cluster takes passwords; EXPORT USERS does not write them.
ALTER USER app WITH PASSWORD 'app-secret-1';
ALTER USER auditor WITH PASSWORD 'auditor-secret-1';
