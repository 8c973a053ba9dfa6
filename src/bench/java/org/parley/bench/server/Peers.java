package org.parley.bench.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Servers that have nothing to do with Java, to compare with. */
final class Peers {
    private Peers() {}

    /** Node with the package {@code ws}. */
    static Server nodeWs(Path work, Path peers, Path nodeModules) throws IOException {
        int port = Server.freePort();
        List<String> command = List.of(
                "env",
                "NODE_PATH=" + nodeModules,
                "node",
                peers.resolve("ws.js").toString(),
                Integer.toString(port));
        return Server.start("ws", port, work.resolve("ws"), command, "/", 200);
    }

    /** The tutorials' own programs on uvicorn. */
    static Server fastApi(Path work, Path peers, Path python) throws IOException {
        int port = Server.freePort();
        List<String> command =
                List.of(python.toString(), peers.resolve("tutorial.py").toString(), Integer.toString(port));
        return Server.start("fastapi", port, work.resolve("fastapi"), command, "/", 200);
    }
}
