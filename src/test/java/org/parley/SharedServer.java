package org.parley;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.core.api.Injector;
import org.jboss.arquillian.core.api.Instance;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Deploys {@link ParleyServer#war()} once for all test classes instead of once for each: a deployment costs 4 s on
 * WildFly, a start of the server (16 s) on Payara Micro, whose adapter also leaves a thread spinning at the end of the
 * dead server's output each time (arquillian-payara-micro-managed 3.1).
 *
 * <p>So the classes share the server's state: each uses rooms and names of its own.
 *
 * @param <C> the configuration of the server's own adapter, which this one wraps
 */
public final class SharedServer<C extends ContainerConfiguration> implements DeployableContainer<C> {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final DeployableContainer<C> server;

    @Inject
    private Instance<Injector> injector;

    private Archive<?> deployed;
    private ProtocolMetaData metaData;

    /** Called by Arquillian. */
    public SharedServer() throws ReflectiveOperationException {
        @SuppressWarnings("unchecked")
        var adapter =
                (DeployableContainer<C>) adapter().getDeclaredConstructor().newInstance();
        server = adapter;
    }

    @Override
    public Class<C> getConfigurationClass() {
        return server.getConfigurationClass();
    }

    @Override
    public void setup(C configuration) {
        injector.get().inject(server);
        server.setup(configuration);
    }

    @Override
    public void start() throws LifecycleException {
        ParleyServer.requireFree("test.http.port");
        ParleyServer.requireFree("test.https.port");
        ParleyServer.requireFree("test.management.port");
        server.start();
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        if (!archive.equals(deployed)) {
            start(archive);
            // A start of Payara Micro 6.2025.10 failed once, beside another busy server: its main thread had no context
            // class loader when it loaded the policy provider. What is wrong with the application fails again.
            if (!applicationRuns()) {
                start(archive);
            }
            if (!applicationRuns()) {
                throw new DeploymentException("The server runs without the application: see its output.");
            }
        }
        return metaData;
    }

    private void start(Archive<?> archive) throws DeploymentException {
        undeployShared();
        metaData = server.deploy(archive);
        deployed = archive;
    }

    /** Payara Micro stays up, and its adapter is content, when the application does not start. */
    private static boolean applicationRuns() {
        return ParleyServer.get("/").statusCode() != 404;
    }

    @Override
    public void undeploy(Archive<?> archive) {
        // stop() does: the next class wants the same one.
    }

    @Override
    public void stop() throws LifecycleException {
        try {
            undeployShared();
        } catch (DeploymentException e) {
            throw new LifecycleException("could not undeploy", e);
        } finally {
            server.stop();
        }
    }

    @Override
    public ProtocolDescription getDefaultProtocol() {
        return server.getDefaultProtocol();
    }

    private void undeployShared() throws DeploymentException {
        if (deployed != null) {
            server.undeploy(deployed);
            deployed = null;
            if (!ParleyServer.isWildFly()) {
                awaitEnd();
            }
        }
    }

    /** Payara's adapter ends the process and does not wait: the port is still taken for some seconds. */
    private static void awaitEnd() {
        Awaitility.await("end of Payara Micro")
                .atMost(STOP_LIMIT)
                .ignoreExceptions()
                .until(() -> {
                    try (ServerSocket free =
                            new ServerSocket(ParleyServer.port(), 1, InetAddress.getLoopbackAddress())) {
                        return free.isBound();
                    }
                });
    }

    private static Class<? extends DeployableContainer<?>> adapter() throws ClassNotFoundException {
        String name = ParleyServer.isWildFly()
                ? "org.jboss.as.arquillian.container.managed.ManagedDeployableContainer"
                : "fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer";
        @SuppressWarnings("unchecked")
        var adapter = (Class<? extends DeployableContainer<?>>) Class.forName(name);
        return adapter;
    }

    /** Puts {@link SharedServer} in the place of the adapter that the class path brings. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            try {
                builder.override(DeployableContainer.class, adapter(), SharedServer.class);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("The Arquillian adapter of this server is not on the class path", e);
            }
        }
    }
}
