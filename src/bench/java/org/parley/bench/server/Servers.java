package org.parley.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts each kind of server, with fresh data. */
public final class Servers {
    /** Signs the tokens of the generator's connections. */
    public static final String TOKEN_SECRET = "only-the-servers-under-load-accept-this";

    /** Where the tutorials' WAR is on a server that has Parley as well. */
    public static final String PLAIN = "/naive";

    private final Place place;

    /**
     * Where things are.
     *
     * @param work everything the servers write lies in it
     * @param naive the tutorials' loop as a WAR
     * @param peers the programs of other servers
     * @param nodeModules a directory that has {@code ws} in it, or null
     * @param python an interpreter that has FastAPI and uvicorn, or null
     * @param wsload another generator, or null
     * @param javaOptions of every Java server
     */
    public record Place(
            Path work,
            Path wildfly,
            Path payara,
            Path preboot,
            Path war,
            Path naive,
            Path peers,
            Path nodeModules,
            Path python,
            Path wsload,
            List<String> javaOptions) {}

    public Servers(Place place) {
        this.place = place;
    }

    /** Where Parley's data of the server of that name lies. */
    public Path data(String name) {
        return place.work.resolve(name).resolve("data");
    }

    /** @param settings of Parley beyond those that every benchmark has, as {@code -Dname=value} */
    public Server parleyOnWildFly(String name, String... settings) throws IOException {
        WildFly.deleteTree(data(name));
        return parleyAgain(name, settings);
    }

    /** The same, with the data that is there. */
    public Server parleyAgain(String name, String... settings) throws IOException {
        return wildfly(name, Map.of("ROOT.war", place.war), parley(name, settings), "/api/session", 200);
    }

    /** With the tutorials' WAR on the same server, below {@link #PLAIN}. */
    public Server parleyBesidePlain() throws IOException {
        String name = "parley-plain";
        WildFly.deleteTree(data(name));
        Map<String, Path> both = Map.of("ROOT.war", place.war, "naive.war", place.naive);
        return wildfly(name, both, parley(name), "/api/session", 200);
    }

    public Server naiveOnWildFly() throws IOException {
        return wildfly("naive", Map.of("ROOT.war", place.naive), List.of(), "/ready.txt", 200);
    }

    public Server parleyOnPayara() throws IOException {
        WildFly.deleteTree(data("parley-payara"));
        return payara("parley-payara", place.war, parley("parley-payara"), "/api/session", 200);
    }

    public Server naiveOnPayara() throws IOException {
        return payara("naive-payara", place.naive, List.of(), "/ready.txt", 200);
    }

    public Server nodeWs() throws IOException {
        return Peers.nodeWs(place.work, place.peers, place.nodeModules);
    }

    public Server fastApi() throws IOException {
        return Peers.fastApi(place.work, place.peers, place.python);
    }

    private List<String> parley(String name, String... settings) {
        List<String> options = new ArrayList<>(List.of(
                "-Dparley.limits=off", "-Dparley.token.secret=" + TOKEN_SECRET, "-Dparley.data.dir=" + data(name)));
        options.addAll(List.of(settings));
        return options;
    }

    private Server wildfly(String name, Map<String, Path> wars, List<String> options, String path, int status)
            throws IOException {
        int port = Server.freePort();
        Path directory = place.work.resolve(name);
        List<String> command = java(options, directory);
        command.addAll(WildFly.arguments(place.wildfly, directory, wars, port, Server.freePort()));
        return Server.start(name, port, directory, command, path, status);
    }

    private Server payara(String name, Path war, List<String> options, String path, int status) throws IOException {
        int port = Server.freePort();
        Path directory = place.work.resolve(name);
        List<String> command = java(options, directory);
        // Payara tells no application where it listens.
        command.add("-Dparley.url=http://127.0.0.1:" + port + "/");
        command.addAll(List.of("-jar", place.payara.toString(), "--nohazelcast"));
        command.addAll(List.of("--prebootcommandfile", place.preboot.toString()));
        command.addAll(List.of("--port", Integer.toString(port)));
        command.addAll(List.of("--contextroot", "/", "--deploy", war.toString()));
        return Server.start(name, port, directory, command, path, status);
    }

    private List<String> java(List<String> options, Path directory) throws IOException {
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(place.javaOptions);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(options);
        return command;
    }
}
