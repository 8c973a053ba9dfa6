package org.parley.bench.scenario;

import java.io.IOException;

import org.parley.bench.server.Server;
import org.parley.bench.server.Servers;

/** The servers that are compared. */
enum Kind {
    PARLEY {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.parleyOnWildFly("parley");
        }
    },
    NAIVE {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.naiveOnWildFly();
        }
    },
    PARLEY_ON_PAYARA {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.parleyOnPayara();
        }
    },
    NAIVE_ON_PAYARA {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.naiveOnPayara();
        }
    },
    NODE_WS {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.nodeWs();
        }

        @Override
        String missing(Servers.Place place) {
            return place.nodeModules() == null ? "-Dbench.node-modules is not set" : null;
        }
    },
    FASTAPI {
        @Override
        Server start(Servers servers) throws IOException {
            return servers.fastApi();
        }

        @Override
        String missing(Servers.Place place) {
            return place.python() == null ? "-Dbench.python is not set" : null;
        }
    };

    boolean isJava() {
        return this != NODE_WS && this != FASTAPI;
    }

    abstract Server start(Servers servers) throws IOException;

    /** @return why it cannot be started here, or null */
    String missing(Servers.Place place) {
        return null;
    }
}
