-- Two relational databases and one of time series, with what EXPORT and IMPORT lose without a word:
-- foreign keys, views, sequences, grants, comments; and what tests the files: NULL beside '',
-- quotes, commas, line ends, names in upper case and in Chinese.

CREATE DATABASE shop;
CREATE TABLE shop.customers (id INT PRIMARY KEY, name STRING NOT NULL, city VARCHAR(40), vip BOOL DEFAULT false, INDEX customers_city_idx (city));
INSERT INTO shop.customers SELECT i, '客户'||i::STRING, CASE WHEN i%3=0 THEN NULL WHEN i%3=1 THEN '' ELSE 'Jinan, Shandong' END, i%5=0 FROM generate_series(1,40) AS g(i);
CREATE TABLE shop.orders (id INT PRIMARY KEY, customer INT NOT NULL REFERENCES shop.customers(id), note STRING, amount DECIMAL(10,2) CHECK (amount >= 0), at TIMESTAMP, state STRING DEFAULT 'new');
INSERT INTO shop.orders SELECT i, 1+i%40, CASE WHEN i%7=0 THEN NULL ELSE 'a,"b"' END, i*1.5, '2025-06-01'::TIMESTAMP, 'new' FROM generate_series(1,400) AS g(i);
INSERT INTO shop.orders VALUES (1001, 1, e'two\nlines', 0.10, '2025-06-02 08:30:00', 'paid'), (1002, 2, '', 99999999.99, NULL, NULL);
CREATE TABLE shop.items (id INT PRIMARY KEY, order_id INT REFERENCES shop.orders(id), sku STRING NOT NULL, UNIQUE INDEX items_sku_key (sku));
INSERT INTO shop.items SELECT i, 1+i%400, 'SKU-'||i::STRING FROM generate_series(1,300) AS g(i);
CREATE TABLE shop."Order Lines" ("Line No" INT PRIMARY KEY, "select" STRING, "价格" DECIMAL(8,2));
INSERT INTO shop."Order Lines" VALUES (1, 'it''s', 1.25), (2, NULL, NULL);
CREATE TABLE shop."地区" ("编号" INT PRIMARY KEY, "名称" STRING);
INSERT INTO shop."地区" VALUES (1, '山东'), (2, '北京');
CREATE SCHEMA shop.archive;
CREATE TABLE shop.archive.orders_2024 (id INT PRIMARY KEY, total DECIMAL(12,2));
INSERT INTO shop.archive.orders_2024 SELECT i, i*10.5 FROM generate_series(1,25) AS g(i);
CREATE VIEW shop.big_orders AS SELECT id, amount FROM shop.orders WHERE amount > 300;
CREATE VIEW shop.big_order_ids AS SELECT id FROM shop.big_orders;
CREATE SEQUENCE shop.order_seq START 2000 INCREMENT 10;
SELECT nextval('shop.order_seq');
COMMENT ON TABLE shop.orders IS '订单';
COMMENT ON COLUMN shop.orders.amount IS 'in yuan, it''s with tax';

CREATE DATABASE "HR";
CREATE TABLE "HR".staff (id INT PRIMARY KEY, boss INT REFERENCES "HR".staff(id), name STRING, joined TIMESTAMPTZ);
INSERT INTO "HR".staff VALUES (1, NULL, '王', '2020-01-01 00:00:00+00:00'), (2, 1, 'O''Hara', NULL);
CREATE TABLE "HR".notes (staff INT, text STRING);
INSERT INTO "HR".notes VALUES (1, 'no key'), (1, 'no key'), (2, NULL);
CREATE VIEW "HR".names AS SELECT name FROM "HR".staff;

CREATE TS DATABASE iot RETENTIONS 30d PARTITION INTERVAL 5d;
CREATE TABLE iot.sensor (ts TIMESTAMPTZ NOT NULL, temperature FLOAT8, state VARCHAR(20)) TAGS (device INT NOT NULL, site VARCHAR(30)) PRIMARY TAGS (device) RETENTIONS 10d ACTIVETIME 2h PARTITION INTERVAL 5d;
INSERT INTO iot.sensor SELECT '2025-06-01 00:00:00'::TIMESTAMPTZ, 20 + i*0.5, CASE WHEN i%4=0 THEN NULL ELSE 'ok' END, i, '济南' FROM generate_series(1,60) AS g(i);
CREATE TABLE iot.meter (ts TIMESTAMPTZ NOT NULL, power FLOAT8 NOT NULL) TAGS (meter_id VARCHAR(50) NOT NULL) PRIMARY TAGS (meter_id);
INSERT INTO iot.meter SELECT '2025-06-01 00:00:00'::TIMESTAMPTZ, i*1.25, 'M'||i::STRING FROM generate_series(1,20) AS g(i);

CREATE USER app;
CREATE USER auditor;
CREATE ROLE readers;
GRANT readers TO auditor WITH ADMIN OPTION;
GRANT CREATE ON DATABASE shop TO app;
GRANT SELECT, INSERT ON TABLE shop.orders TO app;
GRANT SELECT ON TABLE shop.orders, shop.items TO readers;
GRANT SELECT ON shop.big_orders TO readers;
GRANT SELECT ON TABLE iot.sensor TO app;
SET CLUSTER SETTING server.time_until_store_dead = '2h';
SET CLUSTER SETTING server.shutdown.query_wait = '15s';
