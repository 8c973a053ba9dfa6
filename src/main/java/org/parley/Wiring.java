package org.parley;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import org.parley.auth.Audiences;
import org.parley.auth.Authenticator;
import org.parley.auth.Origins;
import org.parley.auth.SignIns;
import org.parley.auth.Tokens;
import org.parley.dashboard.Health;
import org.parley.dashboard.Neighbours;
import org.parley.endpoint.Connections;
import org.parley.endpoint.EndpointSettings;
import org.parley.endpoint.RequestPool;
import org.parley.event.Event;
import org.parley.file.DeletionWatch;
import org.parley.file.FilePool;
import org.parley.file.FileSweep;
import org.parley.file.Files;
import org.parley.file.Pacing;
import org.parley.hub.Allowance;
import org.parley.hub.Disconnect;
import org.parley.hub.Hub;
import org.parley.hub.Limits;
import org.parley.hub.LogUnavailableException;
import org.parley.hub.Search;
import org.parley.log.Database;
import org.parley.log.JdbcFileMessages;
import org.parley.log.JdbcFileStore;
import org.parley.log.JdbcFollowing;
import org.parley.log.JdbcMessageLog;
import org.parley.log.JdbcSearch;
import org.parley.web.ApiLimits;

/**
 * Puts Parley together when the application starts and takes it apart when it ends: with {@link Nodes} the only one that names
 * adapters.
 *
 * <p>What it makes is final classes and records, which no scope could proxy: the producers hand out the one of each.
 */
@ApplicationScoped
class Wiring {
    private static final System.Logger LOGGER = System.getLogger("org.parley");
    private static final long EXPIRE_MILLIS = 250;
    private static final long SWEEP_SECONDS = 3;

    /** Of a file, in one frame and one row. */
    private static final int CHUNK_BYTES = 128 << 10;

    @Resource
    ManagedThreadFactory threadFactory;

    @Inject
    Connections connections;

    private Settings settings;
    private Threads threads;
    private Database database;
    private Nodes nodes;
    private JdbcMessageLog log;
    private Hub hub;
    private Allowance allowance;
    private Files files;
    private FilePool filePool;
    private SignIns signIns;
    private Tokens tokens;
    private Authenticator authenticator;
    private Origins origins;
    private Health health;
    private Ending ending;
    private final Neighbours neighbours = new Neighbours();

    /** Payara Micro 6 drops connections without a close when its process is told to end; this comes before. */
    private final Thread farewell = new Thread(() -> connections.shutDown(), "parley-farewell");

    /** WildFly 39 suspends itself when its process is told to end, and Undertow then says 1001. */
    private final Suspension suspension = new Suspension(() -> connections.shutDown(), () -> connections.reopen());

    /** Makes the bean, and with it everything else, when the application starts rather than at the first request. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        threads.startWriter(hub.writer());
        threads.every(EXPIRE_MILLIS, TimeUnit.MILLISECONDS, hub::expirePublishes);
        threads.every(1, TimeUnit.SECONDS, hub::tellPresence);
        threads.every(1, TimeUnit.SECONDS, connections::sweep);
        threads.everyWaiting(1, TimeUnit.SECONDS, hub::flushMarkers);
        threads.everyWaiting(SWEEP_SECONDS, TimeUnit.SECONDS, hub::sweep);
        nodes.begin(threads, hub, signIns, neighbours);
        threads.everyWaiting(
                settings.files().sweepEvery().toMillis(), TimeUnit.MILLISECONDS, new FileSweep(files)::run);
        threads.everyWaiting(settings.trimEvery().toMillis(), TimeUnit.MILLISECONDS, this::trim);
        Runtime.getRuntime().addShutdownHook(farewell);
        suspension.begin();
        new Announcement(settings, threads).begin();
    }

    @PostConstruct
    void assemble() {
        Config config = ConfigProvider.getConfig();
        settings = Settings.read(name -> config.getOptionalValue(name, String.class));
        Clock clock = Clock.systemUTC();
        threads = new Threads(threadFactory);
        try {
            database = open();
            nodes = new Nodes(settings, database, threadFactory);
            log = new JdbcMessageLog(database, clock, settings::retentionOf, nodes.notices());
            if (settings.renewEpochs()) {
                log.renewEpochs();
            }
        } catch (LogUnavailableException | IllegalStateException e) {
            abandon();
            throw new IllegalStateException("Parley cannot start: " + e.getMessage(), e);
        }
        files = new Files(
                new JdbcFileStore(database, settings.files().limits(), clock),
                new JdbcFileMessages(database),
                settings::classOf,
                settings.files().limits(),
                CHUNK_BYTES,
                threads.files(),
                clock);
        hub = new Hub(
                new DeletionWatch(log, files),
                new JdbcFollowing(database),
                nodes.backplane(),
                settings::classOf,
                settings.limits(),
                threads.deliveries());
        filePool = new FilePool(
                threads.files(),
                (nanos, task) -> threads.once(nanos, TimeUnit.NANOSECONDS, task),
                // A file that has come is no chat, though it is a message.
                new Pacing(() -> hub.counters().published() - files.counters().stored()));
        // What a copy takes is work for files as well: they rest for it.
        database.onCopied(filePool.pacing()::rest);
        allowance = new Allowance(settings.limits());
        signIns = new SignIns(database.dataSource(), clock, new SecureRandom());
        signIns.onRevoked(identity -> hub.disconnect(identity.user().id(), Disconnect.REVOKED));
        tokens = new Tokens(settings.auth().tokens(), clock);
        authenticator = new Authenticator(
                settings.auth().mode(), signIns, tokens, settings.auth().signInsPerMinute(), clock);
        origins = new Origins(settings.auth().origins());
        health = new Health(
                hub.census(),
                files::available,
                threads::writing,
                connections::closing,
                settings.database().isEmpty() ? Optional.of(settings.dataDir()) : Optional.empty());
        ending = ending();
    }

    /** What was begun ends: the server goes on without us. */
    private void abandon() {
        if (nodes != null) {
            nodes.close();
        }
        if (database != null) {
            database.close();
        }
        threads.close();
    }

    private Database open() throws LogUnavailableException {
        if (settings.database().isEmpty()) {
            return Database.sqlite(settings.dataDir(), threadFactory);
        }
        Settings.DatabaseUrl url = settings.database().get();
        if (url.url().startsWith("jndi:")) {
            return Database.of(lookUp(url.url().substring("jndi:".length())));
        }
        return Database.postgresql(url.url(), url.user(), url.password());
    }

    private static DataSource lookUp(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException("Parley cannot start: the server has no data source " + name + ".", e);
        }
    }

    private void trim() {
        try {
            log.trim(Instant.now());
        } catch (LogUnavailableException e) {
            Event.of("trim-failed").with("reason", e.getMessage()).warn(LOGGER);
        }
    }

    @PreDestroy
    void stop() {
        ending.run();
    }

    /** Connections first, so that nothing new comes; then what was accepted is stored; then the rest ends. */
    private Ending ending() {
        return new Ending(List.of(
                suspension::close,
                this::forgetFarewell,
                connections::shutDown,
                hub::close,
                threads::joinWriter,
                threads::close,
                nodes::close,
                tokens::close,
                log::close,
                database::close));
    }

    private void forgetFarewell() {
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            Event.of("farewell-said").debug(LOGGER);
        }
    }

    @Produces
    Hub hub() {
        return hub;
    }

    @Produces
    Files files() {
        return files;
    }

    @Produces
    FilePool filePool() {
        return filePool;
    }

    @Produces
    Search search() {
        return new JdbcSearch(database);
    }

    @Produces
    Allowance allowance() {
        return allowance;
    }

    @Produces
    ApiLimits apiLimits() {
        return new ApiLimits(settings.endpoint().messageBytes());
    }

    @Produces
    Limits limits() {
        return settings.limits();
    }

    @Produces
    EndpointSettings endpointSettings() {
        return settings.endpoint();
    }

    @Produces
    RequestPool requestPool() {
        return new RequestPool(threads.requests());
    }

    @Produces
    SignIns signIns() {
        return signIns;
    }

    @Produces
    Tokens tokens() {
        return tokens;
    }

    @Produces
    Authenticator authenticator() {
        return authenticator;
    }

    @Produces
    Audiences audiences() {
        return settings.audiences();
    }

    @Produces
    Health health() {
        return health;
    }

    @Produces
    Neighbours neighbours() {
        return neighbours;
    }

    @Produces
    Origins origins() {
        return origins;
    }
}
