-- What makes an IMPORT fail although its EXPORT has succeeded.

CREATE DATABASE billing;
CREATE SEQUENCE billing.invoice_seq;
CREATE TABLE billing.invoices (id INT PRIMARY KEY DEFAULT nextval('billing.invoice_seq'), amount DECIMAL(10,2));
INSERT INTO billing.invoices (amount) VALUES (10.00), (20.00);
CREATE DATABASE "odd-name";
CREATE TABLE "odd-name".t (id INT PRIMARY KEY);
INSERT INTO "odd-name".t VALUES (1);
CREATE DATABASE empty;
CREATE USER "ops-team";
GRANT SELECT ON TABLE billing.invoices TO "ops-team";
