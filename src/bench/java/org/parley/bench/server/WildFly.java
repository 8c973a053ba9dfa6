package org.parley.bench.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly as {@code docker/wildfly/parley.cli} has configured it, with one WAR and a base directory of its own. */
public final class WildFly {
    /** WildFly 39's {@code bin/common.sh}. */
    private static final List<String> MODULES = List.of(
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

    private WildFly() {}

    /**
     * What follows the options of the virtual machine.
     *
     * @param wars by the name that each is deployed under
     */
    static List<String> arguments(Path home, Path directory, Map<String, Path> wars, int port, int managementPort)
            throws IOException {
        Path base = directory.resolve("wildfly");
        Path configuration = base.resolve("configuration");
        deleteTree(base);
        Files.createDirectories(configuration);
        Files.createDirectories(base.resolve("deployments"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path standalone = configuration.resolve("standalone.xml");
        Files.writeString(standalone, withDeployments(Files.readString(standalone), wars));
        List<String> arguments = new ArrayList<>(MODULES);
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
                "-Djboss.management.http.port=" + managementPort));
        return arguments;
    }

    private static String withDeployments(String configuration, Map<String, Path> wars) {
        // Of itself WildFly refuses a request of more than 10 MiB, and with it a plain upload.
        String unlimited = configuration.replace(
                "<http-listener name=\"default\"", "<http-listener name=\"default\" max-post-size=\"0\"");
        StringBuilder deployments = new StringBuilder("<deployments>");
        wars.forEach(
                (name, war) -> deployments.append("<deployment name=\"%1$s\" runtime-name=\"%1$s\">".formatted(name)
                        + "<fs-archive path=\"" + war + "\"/></deployment>"));
        int end = unlimited.lastIndexOf("</server>");
        return unlimited.substring(0, end) + deployments + "</deployments>\n</server>\n";
    }

    public static void deleteTree(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
