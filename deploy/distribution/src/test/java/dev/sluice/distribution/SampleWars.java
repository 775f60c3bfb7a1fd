package dev.sluice.distribution;

import java.nio.file.Path;

/** The samples that only tests of one file start. */
final class SampleWars {
    static final Path JSTL = sample("jstl");
    static final Path REFLECTION = sample("reflection");

    private SampleWars() {}

    private static Path sample(String name) {
        return Path.of("../../samples/" + name + "-war/target/" + name + ".war")
                .toAbsolutePath()
                .normalize();
    }
}
