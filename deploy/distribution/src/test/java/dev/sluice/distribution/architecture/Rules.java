package dev.sluice.distribution.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

/** How the code is cut, as rules that fail the build. */
final class Rules {
    /** Every package is a slice. */
    static final ArchRule NO_PACKAGE_CYCLES =
            slices().matching("dev.sluice.(**)").should().beFreeOfCycles();

    /** Undertow and XNIO are known to the packages that adapt HTTP and to the transports. */
    static final ArchRule UNDERTOW_IS_CONFINED = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice.engine.http..", "dev.sluice.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "org.xnio..");

    /** What handler jars compile against needs nothing. */
    static final ArchRule API_NEEDS_NOTHING = classes()
            .that()
            .resideInAPackage("dev.sluice.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.sluice.api..", "java..", "org.jspecify..");

    /** The fork needs nothing. */
    static final ArchRule FORK_NEEDS_NOTHING = classes()
            .that()
            .resideInAPackage("dev.sluice.fork..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.fork..", "java..", "jdk..", "sun..", "com.sun.management..", "org.jspecify..");

    /** The container knows nothing of what is built on it, nor of transports. */
    static final ArchRule CONTAINER_IS_AT_THE_BOTTOM = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.api..", "dev.sluice.fork..", "dev.sluice.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.sluice.war..", "dev.sluice.deploy..", "dev.sluice.admin..", "dev.sluice.transport..");

    /** The loader knows the container only. */
    static final ArchRule LOADER_IS_BELOW_DEPLOY = noClasses()
            .that()
            .resideInAPackage("dev.sluice.war..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.deploy..", "dev.sluice.admin..", "dev.sluice.transport..");

    /** Transports know nothing of loaders, deployment and console. */
    static final ArchRule TRANSPORTS_STAND_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.sluice.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.war..", "dev.sluice.deploy..", "dev.sluice.admin..");

    /** The console is on top. */
    static final ArchRule CONSOLE_IS_ON_TOP = noClasses()
            .that()
            .resideOutsideOfPackage("dev.sluice.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice.admin..");

    /** Who a request comes from is in the request: a thread may be somebody else's next. */
    static final ArchRule NO_IDENTITY_IN_THREAD_LOCALS = noFields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.sluice.engine..", "dev.sluice.api..", "dev.sluice.war..")
            .should()
            .haveRawType(JavaClass.Predicates.assignableTo(ThreadLocal.class));

    /** Packages are concepts. */
    static final ArchRule NO_EMPTY_PACKAGE_NAMES = noClasses()
            .should()
            .resideInAnyPackage(
                    "..impl..", "..util..", "..utils..", "..core..", "..helper..", "..helpers..", "..common..");

    /** So are classes. */
    static final ArchRule NO_EMPTY_CLASS_NAMES =
            noClasses().should().haveNameMatching(".*(Impl|Base|Manager|Helper|Utils?)");

    private Rules() {}
}
