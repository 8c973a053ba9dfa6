package org.parley;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows between packages: towards the hub, and never in a circle. */
@AnalyzeClasses(packages = "org.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static DescribedPredicate<JavaClass> parley(String... besides) {
        return new DescribedPredicate<>("Parley's own beyond " + String.join(", ", besides)) {
            @Override
            public boolean test(JavaClass type) {
                String name = type.getPackageName();
                boolean allowed = false;
                for (String other : besides) {
                    allowed |= name.equals("org.parley." + other);
                }
                return name.startsWith("org.parley") && !allowed;
            }
        };
    }

    private static ArchRule only(String from, String... to) {
        String[] allowed = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(from), java.util.stream.Stream.of(to))
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.parley." + from)
                .should()
                .dependOnClassesThat(parley(allowed));
    }

    @ArchTest
    static final ArchRule HUB_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("org.parley.hub")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.parley.hub", "java..");

    @ArchTest
    static final ArchRule HUB_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("org.parley.hub")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static final ArchRule JSON = only("json");

    @ArchTest
    static final ArchRule LOG = only("log", "hub");

    @ArchTest
    static final ArchRule BACKPLANE = only("backplane", "hub");

    @ArchTest
    static final ArchRule PROTOCOL = only("protocol", "hub", "json");

    @ArchTest
    static final ArchRule AUTH = only("auth", "hub", "json");

    @ArchTest
    static final ArchRule WEB = only("web", "auth", "hub", "protocol", "json");

    @ArchTest
    static final ArchRule ENDPOINT = only("endpoint", "hub", "protocol", "auth", "json");

    @ArchTest
    static final ArchRule SAMPLE = only("sample", "hub", "endpoint", "json");

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("org.parley.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    @ArchTest
    static final ArchRule ONLY_THE_LOG_AND_AUTH_KNOW_SQL = noClasses()
            .that()
            .resideOutsideOfPackages("org.parley.log", "org.parley.auth", "org.parley")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    /** The server carries sealed messages and never opens one. */
    @ArchTest
    static final ArchRule NOTHING_DECRYPTS =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("javax.crypto.Cipher");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.parley.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NO_VAGUE_NAMES = noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)$");
}
