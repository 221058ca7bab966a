//! Images that everybody knows, and what they listen on.

/// The name of an image without registry, tag and digest: `postgres` of `docker.io/library/postgres:17@sha256:…`.
pub(super) fn base(image: &str) -> &str {
    let path = image.split('@').next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    last.split(':').next().unwrap_or_default()
}

/// Names that the image's own begins with, the port that it listens on, and whether it keeps data.
const KNOWN: &[(&str, i64, bool)] = &[
    ("postgres", 5432, true),
    ("postgis", 5432, true),
    ("timescaledb", 5432, true),
    ("mysql", 3306, true),
    ("mariadb", 3306, true),
    ("percona", 3306, true),
    ("mongo-express", 8081, false),
    ("mongo", 27017, true),
    ("redis", 6379, true),
    ("valkey", 6379, true),
    ("memcached", 11211, true),
    ("rabbitmq", 5672, true),
    ("elasticsearch", 9200, true),
    ("opensearch", 9200, true),
    ("cassandra", 9042, true),
    ("zookeeper", 2181, true),
    ("kafka", 9092, true),
    ("nats", 4222, true),
    ("mssql", 1433, true),
    ("server", 0, false),
    ("cockroach", 26257, true),
    ("neo4j", 7687, true),
    ("influxdb", 8086, true),
    ("minio", 9000, true),
    ("nginx", 80, false),
    ("httpd", 80, false),
    ("caddy", 80, false),
    ("wordpress", 80, false),
    ("phpmyadmin", 80, false),
    ("adminer", 8080, false),
    ("ghost", 2368, false),
    ("grafana", 3000, false),
    ("prometheus", 9090, false),
    ("traefik", 80, false),
    ("tomcat", 8080, false),
    ("jenkins", 8080, false),
];

fn known(image: &str) -> Option<&'static (&'static str, i64, bool)> {
    let name = base(image);
    // What an exporter listens on is not what it looks at.
    let is_other = name.contains("exporter") || name.contains("backup");
    KNOWN.iter().find(|(known, ..)| !is_other && name.starts_with(known))
}

/// The port that an image is known to listen on.
pub(super) fn port(image: &str) -> Option<i64> {
    known(image).map(|(_, port, _)| *port).filter(|port| *port > 0)
}

/// Whether an image keeps data: a database, a queue, a cache.
pub(super) fn keeps_data(image: &str) -> bool {
    known(image).is_some_and(|(_, _, keeps)| *keeps)
}

/// Ports on which hardly anybody speaks HTTP.
const OTHERS: &[i64] = &[
    21, 22, 25, 53, 110, 143, 389, 465, 587, 636, 993, 1433, 1521, 1883, 2181, 3306, 4222, 5432, 5671, 5672, 5433,
    6379, 6380, 7687, 8883, 9042, 9092, 9093, 11211, 26257, 27017, 27018, 29092, 33060, 4317, 50051, 61616,
];

/// Whether a port is taken for one that speaks HTTP.
pub(super) fn speaks_http(image: &str, port: i64) -> bool {
    if OTHERS.contains(&port) {
        return false;
    }
    // Of a database only what is not its own port may be a console.
    !(keeps_data(image) && self::port(image) == Some(port)) || matches!(port, 9200 | 8086 | 9000)
}
