-- 人员与审计另用一个库 · People and log in a database of their own.
create database office;
\connect office
create extension postgis;
