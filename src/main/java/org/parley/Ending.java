package org.parley;

import java.util.List;

import org.parley.event.Event;

/**
 * The end of the application, step by step. A step that fails is logged, and those after it are taken all the same: one
 * that was left out would keep the directory's lock, and nobody could deploy again.
 *
 * <p>Made when the application starts, with all steps: Payara Micro 6 has closed the class loader when it destroys the
 * beans of an application, and a class that was never used before cannot be loaded any more.
 */
record Ending(List<Runnable> steps) implements Runnable {
    private static final System.Logger LOGGER = System.getLogger("org.parley");

    @Override
    public void run() {
        steps.forEach(Ending::take);
    }

    private static void take(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | LinkageError e) {
            Event.of("end-failed").error(LOGGER, e);
        }
    }
}
