package dev.sluice.fork.treatment;

import java.util.List;

/** Libraries whose loggers, pools, meters and the like are known to be made for sharing. */
final class KnownLibraries {
    private static final List<String> PREFIXES = List.of(
            "ch.qos.logback.",
            "com.codahale.metrics.",
            "com.mchange.",
            "com.microsoft.sqlserver.",
            "com.mysql.",
            "com.zaxxer.hikari.",
            "io.agroal.",
            "io.micrometer.",
            "io.netty.",
            "io.opentelemetry.",
            "io.prometheus.",
            "io.projectreactor.",
            "io.reactivex.",
            "jakarta.",
            "javax.",
            "oracle.",
            "org.apache.commons.",
            "org.apache.derby.",
            "org.apache.juli.",
            "org.apache.logging.",
            "org.apache.log4j.",
            "org.apache.openjpa.",
            "org.apache.tomcat.",
            "org.bouncycastle.",
            "org.eclipse.persistence.",
            "org.h2.",
            "org.hibernate.",
            "org.hsqldb.",
            "org.jboss.logging.",
            "org.jboss.logmanager.",
            "org.jooq.",
            "org.mariadb.",
            "org.postgresql.",
            "org.slf4j.",
            "org.springframework.",
            "reactor.",
            "dev.sluice.engine.",
            "dev.sluice.deploy.",
            "kotlin.",
            "kotlinx.",
            "scala.");

    private KnownLibraries() {}

    static boolean has(Class<?> type) {
        String name = type.getName();
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
