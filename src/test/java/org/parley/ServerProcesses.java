package org.parley;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * The {@link ServerProcess}es of one test, or of all tests of a class: they end with it, and when a test fails its
 * message says what they said last.
 *
 * <pre>{@code
 * @RegisterExtension
 * final ServerProcesses servers = new ServerProcesses();
 * }</pre>
 */
public final class ServerProcesses implements AfterEachCallback, AfterAllCallback, TestExecutionExceptionHandler {
    private final List<ServerProcess> processes = new ArrayList<>();
    private final boolean ofAllTests;

    public ServerProcesses() {
        this(false);
    }

    private ServerProcesses(boolean ofAllTests) {
        this.ofAllTests = ofAllTests;
    }

    /** For a static field: the processes live until the last test of the class is over. */
    public static ServerProcesses ofAllTests() {
        return new ServerProcesses(true);
    }

    /** Makes one that is not started yet; see {@link ServerProcess}. */
    public ServerProcess create(String name, Map<String, String> properties) {
        ServerProcess process = new ServerProcess(name, properties);
        processes.add(process);
        return process;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            // An assumption does not hold on this server: nothing has failed.
            throw failure;
        }
        StringBuilder message = new StringBuilder(String.valueOf(failure.getMessage()));
        processes.forEach(process -> message.append("\n\n").append(process.logTail()));
        throw new AssertionError(message.toString(), failure);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofAllTests) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private void end() {
        processes.forEach(ServerProcess::close);
        processes.clear();
    }
}
