package dev.sluice.deploy.command;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Whether somebody sits in front of this command. */
final class Terminal {
    private Terminal() {}

    /** The console of a terminal; null if input or output comes from or goes elsewhere. Some JDKs from 22 on have a console then, too. */
    static @Nullable Console console() {
        Console console = System.console();
        return console != null && interactive(console) ? console : null;
    }

    private static boolean interactive(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("java.io.Console.isTerminal cannot be asked", e);
        }
    }
}
