package org.parley;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The shipped WAR on its server as a process of its own, which a test may kill and start again: same port, same data. It
 * is the java process itself, without a shell in between, so that a signal reaches whom it is meant for.
 *
 * <p>Everything lies in one directory of its own under {@code target/it}: {@code data} (Parley's), {@code server.log}
 * (all output, of all starts) and the server's own files.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final int LOG_TAIL = 6_000;

    /** A start costs half the processor time; what is tested here is no speed. */
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    /** WildFly 39's {@code bin/common.sh}. */
    private static final List<String> WILDFLY_MODULES = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path directory;
    private final Path data;
    private final Path log;
    private final Map<String, String> properties;
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> payaraOptions = new ArrayList<>();
    private final int port = freePort();
    private final int managementPort = freePort();
    private final Thread hook = new Thread(this::destroy);
    private Process process;

    /**
     * @param name of the directory, unique among the tests
     * @param properties system properties of the server, for example {@code parley.database.url}; {@code
     *     parley.data.dir} may be among them
     */
    ServerProcess(String name, Map<String, String> properties) {
        this.directory = Path.of(ParleyServer.property("parley.test.dir"), name);
        this.properties = properties;
        this.data = properties.containsKey("parley.data.dir")
                ? Path.of(properties.get("parley.data.dir"))
                : directory.resolve("data");
        this.log = directory.resolve("server.log");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Options of the virtual machine, for the next start. */
    public ServerProcess jvm(String... options) {
        jvmOptions.addAll(List.of(options));
        return this;
    }

    /** Options of Payara Micro, for the next start; WildFly ignores them. */
    public ServerProcess payara(String... options) {
        payaraOptions.addAll(List.of(options));
        return this;
    }

    /** The TCP port of WildFly's management, on 127.0.0.1. */
    public int managementPort() {
        return managementPort;
    }

    /** Starts and waits until Parley answers. */
    public void start() {
        launch();
        awaitAnswer();
    }

    /** Starts without waiting: the start may be meant to fail. */
    public void launch() {
        if (isAlive()) {
            throw new IllegalStateException("it runs already, as process " + process.pid());
        }
        try {
            Files.createDirectories(directory);
            Path temporary = directory.resolve("tmp");
            deleteTree(temporary);
            Files.createDirectories(temporary);
            process = new ProcessBuilder(command())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until Parley answers; the process must live that long. */
    public void awaitAnswer() {
        Awaitility.await("Parley on port " + port)
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the server has ended", () -> !process.isAlive())
                .until(this::answers);
    }

    /** Whether Parley, and not merely the server, answers. */
    public boolean answers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(http("/api/session"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** SIGKILL: no shutdown hook, no last write. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and waits for the end. */
    public void stop() {
        process.destroy();
        awaitEnd();
    }

    /** SIGSTOP: it lives, and does nothing. */
    public void suspend() {
        signal("-STOP");
    }

    /** SIGCONT. */
    public void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            int status = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill " + signal + " " + process.pid() + " ended with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("process " + process.pid() + " did not end within " + STOP_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while process " + process.pid() + " ends", e);
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The TCP port of plain HTTP and WebSocket, on 127.0.0.1; the same for life. */
    public int port() {
        return port;
    }

    /** Where Parley keeps what is to survive. */
    public Path data() {
        return data;
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public URI http(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    /** @param pathAndQuery begins with {@code /}, percent-encoded already */
    public URI ws(String pathAndQuery) {
        return URI.create("ws://127.0.0.1:" + port + pathAndQuery);
    }

    /** Everything that the server has said, in all its lives. */
    public String log() {
        try {
            return Files.exists(log) ? new String(Files.readAllBytes(log), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The end of {@link #log()}, for a message about a failure. */
    public String logTail() {
        String whole = log();
        return log + ", its end:\n" + whole.substring(Math.max(0, whole.length() - LOG_TAIL));
    }

    /** Leaves no process behind. */
    @Override
    public void close() {
        destroy();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void destroy() {
        if (isAlive()) {
            process.destroyForcibly();
            awaitEnd();
        }
    }

    private List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms64m", "-Xmx512m", "-Djava.io.tmpdir=" + directory.resolve("tmp")));
        command.addAll(QUICK_START);
        command.addAll(jvmOptions);
        command.add("-Dparley.data.dir=" + data);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(ParleyServer.isWildFly() ? wildfly() : payara());
        return command;
    }

    /** A base directory of its own, with the WAR as part of the configuration: no scanner, no marker files. */
    private List<String> wildfly() throws IOException {
        Path home = Path.of(ParleyServer.property("wildfly.home"));
        Path base = directory.resolve("wildfly");
        Path configuration = base.resolve("configuration");
        deleteTree(base);
        Files.createDirectories(configuration);
        // The scanner, which has nothing to do here, would complain.
        Files.createDirectories(base.resolve("deployments"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path standalone = configuration.resolve("standalone.xml");
        Files.writeString(standalone, withDeployment(Files.readString(standalone)));
        List<String> arguments = new ArrayList<>(WILDFLY_MODULES);
        arguments.addAll(List.of(
                "-Djava.net.preferIPv4Stack=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djava.awt.headless=true",
                "-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"),
                "-Dlogging.configuration="
                        + configuration.resolve("logging.properties").toUri(),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "--read-only-server-config=standalone.xml",
                "-b=127.0.0.1",
                "-bmanagement=127.0.0.1",
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=0",
                "-Ddispatch-to-worker=" + ParleyServer.property("dispatch-to-worker"),
                "-Djboss.management.http.port=" + managementPort));
        return arguments;
    }

    private static String withDeployment(String configuration) {
        int end = configuration.lastIndexOf("</server>");
        return configuration.substring(0, end)
                + "<deployments><deployment name=\"ROOT.war\" runtime-name=\"ROOT.war\"><fs-archive path=\""
                + new File(ParleyServer.property("parley.war")) + "\"/></deployment></deployments>\n</server>\n";
    }

    private List<String> payara() {
        List<String> arguments = new ArrayList<>(List.of(
                "-jar",
                ParleyServer.property("payara.jar"),
                "--nohazelcast",
                "--prebootcommandfile",
                ParleyServer.property("payara.preboot"),
                "--port",
                String.valueOf(port),
                "--contextroot",
                "/",
                "--deploy",
                ParleyServer.property("parley.war")));
        arguments.addAll(payaraOptions);
        return arguments;
    }

    /**
     * Below the range that Linux takes for outgoing connections: there, a client that calls the dead server's port could
     * be given that very port, and then either talks to itself or keeps the server from coming back.
     */
    static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
