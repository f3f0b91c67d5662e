package dev.parley.app;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.parley.server.BroadcastOperator;
import dev.parley.server.Broadcasting;
import dev.parley.server.Event;
import dev.parley.server.Namespace;
import dev.parley.server.ParentNamespace;
import dev.parley.server.RemoteSocket;
import dev.parley.server.Reply;
import dev.parley.server.Socket;
import dev.parley.server.SocketIoServer;
import java.io.IOException;
import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Enforces the rules of {@code ARCHITECTURE.md} for modules and packages. */
@AnalyzeClasses(packages = "dev.parley", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String PROTOCOL = "dev.parley.protocol..";
    private static final String SERVER = "dev.parley.server..";
    private static final String INTERNAL = "dev.parley.server.internal..";
    private static final String CLIENT = "dev.parley.client..";
    private static final String DOCTOR = "dev.parley.doctor..";
    private static final String TALK = "dev.parley.talk..";
    private static final String VOICE = "dev.parley.voice..";
    private static final String NOVA = "dev.parley.nova..";
    private static final String ASSISTANT = "dev.parley.assistant..";
    private static final String BEDROCK = "dev.parley.bedrock..";
    private static final String EMULATOR = "dev.parley.emulator..";
    private static final String CALLS = "dev.parley.calls..";
    private static final String APP = "dev.parley.app..";

    /** A row of the table of modules in ARCHITECTURE.md: module, description, modules and libraries it may use. */
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| .* \\| (.*) \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

    @ArchTest
    static void modulesUseWhatTheTableOfModulesSays(JavaClasses classes) throws IOException {
        var table = new TreeMap<String, String>();
        for (String line : Files.readAllLines(Path.of("..", "ARCHITECTURE.md"))) {
            var row = ROW.matcher(line);
            if (row.matches() && Files.exists(Path.of("..", row.group(1), "pom.xml"))
                    && classes.containPackage("dev.parley." + row.group(1))) {
                table.put(row.group(1), row.group(2));
            }
        }
        assertThat(table).containsKeys("protocol", "server", "client", "cluster", "voice", "speech", "calls",
                "app");
        table.remove("app"); // may use all
        table.forEach((module, mayUse) -> {
            var allowed = NAME.matcher(mayUse)
                    .results()
                    .map(name -> name.group(1))
                    .collect(Collectors.toSet());
            var forbidden = Stream.concat(table.keySet().stream(), Stream.of("app"))
                    .filter(other -> !other.equals(module) && !allowed.contains(other))
                    .map(other -> "dev.parley." + other + "..")
                    .toArray(String[]::new);
            mayNotUse("dev.parley." + module + "..", forbidden).check(classes);
        });
    }

    /** An error in the client's code must not be hidden by the same error in the emulator: they share Nova Sonic's events only. */
    @ArchTest
    static final ArchRule THE_EMULATOR_SHARES_NO_CODE_WITH_ITS_CLIENT = mayNotUse(EMULATOR,
            "dev.parley.nova");

    @ArchTest
    static final ArchRule TALK_USES_AUDIO_ONLY_OF_VOICE = noClasses().that()
            .resideInAPackage(TALK)
            .should()
            .dependOnClassesThat(
                    resideInAPackage(VOICE).and(not(resideInAPackage("dev.parley.voice.audio"))));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_AWS_SDK = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage(BEDROCK)
            .should()
            .dependOnClassesThat(resideInAnyPackage("software.amazon..", "org.reactivestreams.."));

    /** The interfaces of the server that applications use; the classes behind them may change at any time. */
    private static final Class<?>[] HELD_BY_APPLICATIONS = {SocketIoServer.class, Namespace.class,
            ParentNamespace.class, Socket.class, RemoteSocket.class, Broadcasting.class,
            BroadcastOperator.class, Event.class, Reply.class};

    @ArchTest
    static final ArchRule APPLICATIONS_HOLD_INTERFACES = classes().that()
            .belongToAnyOf(HELD_BY_APPLICATIONS)
            .and()
            .areTopLevelClasses()
            .should()
            .beInterfaces()
            .andShould()
            .bePublic();

    @ArchTest
    static final ArchRule IMPLEMENTATIONS_ARE_HIDDEN = classes().that()
            .areNotInterfaces()
            .and(assignableToAnyOf(HELD_BY_APPLICATIONS))
            .should()
            .resideInAPackage(INTERNAL);

    /** Only the entrance for HTTP engines and test tools reaches behind the interfaces. */
    @ArchTest
    static final ArchRule INTERNAL_PACKAGES_ARE_USED_BY_THE_TRANSPORT_ONLY = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackages(INTERNAL, "dev.parley.server.transport")
            .should()
            .dependOnClassesThat(resideInAPackage(INTERNAL));

    @ArchTest
    static final ArchRule PACKAGES_BELOW_SERVER_HTTP_ARE_USED_BY_ITS_MODULE_ONLY = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.server.http..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley.server.http.*.."));

    /** Applications reach the server through its API: the transport is for HTTP engines and test tools. */
    @ArchTest
    static final ArchRule THE_TRANSPORT_IS_USED_BY_ENGINES_AND_TEST_TOOLS_ONLY = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackages("dev.parley.server.transport", "dev.parley.server.http..",
                    "dev.parley.server.test..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.parley.server.transport"));

    @ArchTest
    static final ArchRule APP_KNOWS_THE_CONVERSATION_WHERE_IT_IS_WIRED = noClasses().that()
            .resideInAPackage(APP)
            .and()
            .resideOutsideOfPackage("dev.parley.app")
            .should()
            .dependOnClassesThat(resideInAnyPackage(VOICE, NOVA, ASSISTANT));

    /** The parts of a call know no socket: {@code BrowserSockets} alone brings them together. */
    @ArchTest
    static final ArchRule ONE_CLASS_OF_THE_CALLS_KNOWS_THE_SERVER = noClasses().that()
            .resideInAPackage(CALLS)
            .and(not(nameStartingWith("dev.parley.calls.BrowserSockets")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVER, PROTOCOL));

    /** Admission, the browser's link and transcripts know nothing of each other, nor of calls. All of them may know the visitor. */
    @ArchTest
    static final ArchRule PARTS_OF_CALLS_STAND_ALONE = slices().matching("dev.parley.calls.(*)")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(alwaysTrue(), resideInAPackage("dev.parley.calls.visitor"));

    @ArchTest
    static final ArchRule CALLS_USE_THEIR_PARTS = mayNotUse("dev.parley.calls.*", "dev.parley.calls");

    @ArchTest
    static final ArchRule ONE_PACKAGE_OF_THE_SERVER_KNOWS_THE_HTTP_ENGINE = noClasses().that()
            .resideInAnyPackage(SERVER, PROTOCOL, CLIENT, DOCTOR, TALK, CALLS)
            .and()
            .resideOutsideOfPackage("dev.parley.server.http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."));

    @ArchTest
    static final ArchRule THE_APP_KNOWS_THE_HTTP_ENGINE_WHERE_IT_IS_WIRED = noClasses().that()
            .resideInAnyPackage(APP, "dev.parley.site..", "dev.parley.access..", "dev.parley.settings..")
            .and()
            .resideOutsideOfPackages("dev.parley.app", "dev.parley.site")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx..", "io.netty.."));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_MODEL_RUNTIME = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.speech.onnx..")
            .should()
            .dependOnClassesThat(resideInAPackage("ai.onnxruntime.."));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_DRIVER_OF_REDIS = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.cluster.redis")
            .should()
            .dependOnClassesThat(resideInAPackage("io.lettuce.."));

    @ArchTest
    static final ArchRule AUTH_KNOWS_NIMBUS = noClasses().that()
            .resideOutsideOfPackage("dev.parley.access")
            .should()
            .dependOnClassesThat(resideInAPackage("com.nimbusds.."));

    @ArchTest
    static final ArchRule TWO_PACKAGES_KNOW_THE_METERS = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackages("dev.parley.server.metrics", "dev.parley.app.metrics", "dev.parley.app")
            .should()
            .dependOnClassesThat(resideInAPackage("io.micrometer.."));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_MCP_SDK = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.assistant.mcp..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.modelcontextprotocol..", "reactor.."));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_LANGCHAIN4J = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.cascade.openai")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.langchain4j.."));

    @ArchTest
    static final ArchRule ONE_PACKAGE_KNOWS_THE_LOGGING_BACKEND = noClasses().that()
            .resideInAPackage("dev.parley..")
            .and()
            .resideOutsideOfPackage("dev.parley.app.log")
            .should()
            .dependOnClassesThat(resideInAPackage("ch.qos.logback.."));

    @ArchTest
    static final ArchRule PURE_PACKAGES_READ_NO_CLOCK = noClasses().that()
            .resideInAnyPackage(PROTOCOL, VOICE, NOVA)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule PURE_PACKAGES_START_NO_THREADS_AND_WRITE_NO_LOG = noClasses().that()
            .resideInAnyPackage(PROTOCOL, VOICE, NOVA)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.slf4j..", "java.util.logging.."))
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.concurrent.Executor.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Timer.class);

    @ArchTest
    static final ArchRule PURE_PACKAGES_DO_NO_IO = noClasses().that()
            .resideInAnyPackage(PROTOCOL, VOICE, NOVA)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
                    // Arithmetic on text, whatever its package.
                    .and(not(type(URLDecoder.class)))
                    .and(not(type(URLEncoder.class))));

    /** The doctor's conclusions depend on evidence only. */
    @ArchTest
    static final ArchRule THE_DOCTOR_CONCLUDES_WITHOUT_IO = noClasses().that()
            .resideInAnyPackage("dev.parley.doctor.rule..", "dev.parley.doctor.software..",
                    "dev.parley.doctor.evidence..")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("java.net..", "java.io..", "java.nio.file..", "java.nio.channels..",
                            "javax.net..", "dev.parley.doctor.wire..", "dev.parley.doctor.session..",
                            "dev.parley.doctor.probe..").and(not(type(Serializable.class)))); // of every enum

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_ONE_WAY = slices().matching("dev.parley.(**)")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_A_THING_IS = noClasses().should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    private static DescribedPredicate<JavaClass> assignableToAnyOf(Class<?>... types) {
        return DescribedPredicate.or(Arrays.stream(types).map(JavaClass.Predicates::assignableTo).toList())
                .as("any type that applications hold");
    }

    private static ArchRule mayNotUse(String one, String... others) {
        return noClasses().that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat(resideInAnyPackage(others));
    }
}
