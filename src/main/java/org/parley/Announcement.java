package org.parley;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.parley.event.Event;

/**
 * Tells in the log, once the server answers, where to point a browser and where the data lies: a newcomer's first and last
 * line. Servers log their own success after the application has started, so it waits until the page can be had.
 */
final class Announcement {
    private static final System.Logger LOGGER = System.getLogger("org.parley");
    private static final int ATTEMPTS = 60;
    private static final int TIMEOUT_MILLIS = 1_000;

    private final Settings settings;
    private final Threads threads;
    private int attempts;
    private boolean answered;

    Announcement(Settings settings, Threads threads) {
        this.settings = settings;
        this.threads = threads;
    }

    void begin() {
        threads.once(1, TimeUnit.SECONDS, this::attempt);
    }

    /** Says it at the second answer: between the first and that, the server has said all that it had to. */
    private void attempt() {
        Optional<String> url = settings.url().or(Announcement::ofWildFly);
        boolean answers = url.map(Announcement::answers).orElse(true);
        if (answers && (answered || url.isEmpty())) {
            LOGGER.log(
                    System.Logger.Level.INFO,
                    "Parley is ready: open {0} in a browser. Data: {1}",
                    url.orElse("the server's address"),
                    data());
            return;
        }
        answered = answers;
        attempts++;
        if (attempts < ATTEMPTS) {
            threads.once(1, TimeUnit.SECONDS, this::attempt);
        }
    }

    private String data() {
        return settings.database().isEmpty() ? settings.dataDir().toString() : "the database that was set";
    }

    private static boolean answers(String url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setRequestMethod("HEAD");
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<String> ofWildFly() {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName http = new ObjectName("jboss.as:socket-binding-group=standard-sockets,socket-binding=http");
            if (!beans.isRegistered(http)) {
                return Optional.empty();
            }
            String address = (String) beans.getAttribute(http, "boundAddress");
            Integer port = (Integer) beans.getAttribute(http, "boundPort");
            return address == null || port == null
                    ? Optional.empty()
                    : Optional.of("http://" + address + ":" + port + "/");
        } catch (JMException e) {
            Event.of("no-address").with("reason", e.getMessage()).debug(LOGGER);
            return Optional.empty();
        }
    }
}
