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
    };

    abstract Server start(Servers servers) throws IOException;

    /** @return why it cannot be started here, or null */
    String missing(Servers.Place place) {
        return null;
    }
}
