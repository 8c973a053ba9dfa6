package org.parley;

import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The arrows between packages: towards the hub, and never in a circle. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.parley");

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
        String[] allowed =
                Stream.concat(Stream.of(from, "event"), Stream.of(to)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("org.parley." + from)
                .should()
                .dependOnClassesThat(parley(allowed));
    }

    private static final ArchRule HUB_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("org.parley.hub")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.parley.hub", "org.parley.event", "java..");

    private static final ArchRule HUB_KNOWS_NO_DATABASE = noClasses()
            .that()
            .resideInAPackage("org.parley.hub")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    private static final ArchRule EVENT = only("event");

    /** So that each line is pairs, and no value can begin a line. {@code Announcement} speaks to people. */
    private static final ArchRule ONLY_EVENTS_GO_TO_THE_LOG = noClasses()
            .that()
            .resideOutsideOfPackage("org.parley.event")
            .and()
            .doNotHaveSimpleName("Announcement")
            .should()
            .callMethodWhere(new DescribedPredicate<>("a logger's") {
                @Override
                public boolean test(JavaMethodCall call) {
                    String owner = call.getTargetOwner().getName();
                    boolean logger =
                            owner.equals("java.lang.System$Logger") || owner.equals("java.util.logging.Logger");
                    return logger
                            && !call.getName().startsWith("get")
                            && !call.getName().startsWith("is");
                }
            });

    private static final ArchRule JSON = only("json");

    private static final ArchRule LOG = only("log", "hub", "file");

    private static final ArchRule FILE = only("file", "hub");

    private static final ArchRule FILE_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("org.parley.file")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("org.parley.file", "org.parley.hub", "org.parley.event", "java..");

    private static final ArchRule BACKPLANE = only("backplane", "hub");

    private static final ArchRule PROTOCOL = only("protocol", "hub", "json");

    private static final ArchRule AUTH = only("auth", "hub", "json");

    private static final ArchRule WEB = only("web", "auth", "file", "hub", "protocol", "json");

    private static final ArchRule ENDPOINT = only("endpoint", "hub", "file", "protocol", "auth", "json");

    private static final ArchRule SAMPLE = only("sample", "hub", "endpoint", "json");

    private static final ArchRule DASHBOARD = only("dashboard", "hub", "file", "endpoint", "auth", "web", "json");

    private static final ArchRule ONLY_THE_DASHBOARD_KNOWS_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("org.parley.dashboard")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.micrometer..");

    private static final ArchRule PROTOCOL_KNOWS_NO_SOCKETS = noClasses()
            .that()
            .resideInAPackage("org.parley.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jakarta.websocket..");

    private static final ArchRule ONLY_WHO_TALKS_TO_A_DATABASE_KNOWS_SQL = noClasses()
            .that()
            .resideOutsideOfPackages("org.parley.log", "org.parley.auth", "org.parley.backplane", "org.parley")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    /** The server carries sealed messages and never opens one. */
    private static final ArchRule NOTHING_DECRYPTS =
            noClasses().should().dependOnClassesThat().haveFullyQualifiedName("javax.crypto.Cipher");

    private static final ArchRule NO_CIRCLES =
            slices().matching("org.parley.(*)..").should().beFreeOfCycles();

    private static final ArchRule NO_VAGUE_NAMES =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Helper|Utils?)$");

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(
                Named.of("HUB_IS_PLAIN_JAVA", HUB_IS_PLAIN_JAVA),
                Named.of("HUB_KNOWS_NO_DATABASE", HUB_KNOWS_NO_DATABASE),
                Named.of("EVENT", EVENT),
                Named.of("ONLY_EVENTS_GO_TO_THE_LOG", ONLY_EVENTS_GO_TO_THE_LOG),
                Named.of("JSON", JSON),
                Named.of("LOG", LOG),
                Named.of("FILE", FILE),
                Named.of("FILE_IS_PLAIN_JAVA", FILE_IS_PLAIN_JAVA),
                Named.of("BACKPLANE", BACKPLANE),
                Named.of("PROTOCOL", PROTOCOL),
                Named.of("AUTH", AUTH),
                Named.of("WEB", WEB),
                Named.of("ENDPOINT", ENDPOINT),
                Named.of("SAMPLE", SAMPLE),
                Named.of("DASHBOARD", DASHBOARD),
                Named.of("ONLY_THE_DASHBOARD_KNOWS_MICROMETER", ONLY_THE_DASHBOARD_KNOWS_MICROMETER),
                Named.of("PROTOCOL_KNOWS_NO_SOCKETS", PROTOCOL_KNOWS_NO_SOCKETS),
                Named.of("ONLY_WHO_TALKS_TO_A_DATABASE_KNOWS_SQL", ONLY_WHO_TALKS_TO_A_DATABASE_KNOWS_SQL),
                Named.of("NOTHING_DECRYPTS", NOTHING_DECRYPTS),
                Named.of("NO_CIRCLES", NO_CIRCLES),
                Named.of("NO_VAGUE_NAMES", NO_VAGUE_NAMES));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(CLASSES);
    }
}
