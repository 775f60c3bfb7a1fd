package dev.sluice.distribution.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for all modules, and fails where a violation is planted. */
class ArchitectureTest {
    private static final JavaClasses SLUICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.sluice");
    private static final JavaClasses PLANTED = new ClassFileImporter()
            .withImportOption(location -> location.contains("/planted/"))
            .importPackages("dev.sluice");

    static Stream<Arguments> rules() {
        return Stream.of(
                        Named.of("no package cycles", Rules.NO_PACKAGE_CYCLES),
                        Named.of("Undertow is confined", Rules.UNDERTOW_IS_CONFINED),
                        Named.of("the API needs nothing", Rules.API_NEEDS_NOTHING),
                        Named.of("the fork needs nothing", Rules.FORK_NEEDS_NOTHING),
                        Named.of("the container is at the bottom", Rules.CONTAINER_IS_AT_THE_BOTTOM),
                        Named.of("the loader is below deploy", Rules.LOADER_IS_BELOW_DEPLOY),
                        Named.of("transports stand alone", Rules.TRANSPORTS_STAND_ALONE),
                        Named.of("the console is on top", Rules.CONSOLE_IS_ON_TOP),
                        Named.of("no identity in thread locals", Rules.NO_IDENTITY_IN_THREAD_LOCALS),
                        Named.of("no empty package names", Rules.NO_EMPTY_PACKAGE_NAMES),
                        Named.of("no empty class names", Rules.NO_EMPTY_CLASS_NAMES))
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(SLUICE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void failsWhereAViolationIsPlanted(ArchRule rule) {
        assertThat(rule.evaluate(PLANTED).hasViolation()).isTrue();
    }

    @Test
    void allModulesAreSeen() {
        assertThat(List.of("api", "fork", "engine", "transport", "war", "deploy", "admin"))
                .allSatisfy(module -> assertThat(SLUICE.stream()).as(module).anyMatch(type -> type.getPackageName()
                        .startsWith("dev.sluice." + module)));
    }
}
