package dev.sluice.war.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.war.ArchiveFile;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In an application that may not end the process, whatever would end it throws. If this fails, the JVM of the test ends. */
class ExitRefusalTest {
    @TempDir
    Path directory;

    private ApplicationClassLoader loader;

    /** Ends the process in one way or another. */
    public static final class Ending implements IntSupplier, Quits {
        private final String how;

        /** Made by the test. */
        public Ending(String how) {
            this.how = how;
        }

        @Override
        public int getAsInt() {
            switch (how) {
                case "System.exit" -> System.exit(3);
                case "Runtime.exit" -> Runtime.getRuntime().exit(3);
                case "Runtime.halt" -> Runtime.getRuntime().halt(3);
                case "reference" -> {
                    IntConsumer exit = System::exit;
                    exit.accept(3);
                }
                case "bound reference" -> {
                    IntConsumer halt = Runtime.getRuntime()::halt;
                    halt.accept(3);
                }
                case "unbound reference" -> {
                    BiConsumer<Runtime, Integer> halt = Runtime::halt;
                    halt.accept(Runtime.getRuntime(), 3);
                }
                case "lambda" -> {
                    Runnable exit = () -> System.exit(3);
                    exit.run();
                }
                case "interface" -> quit();
                case "reflection" -> Reflecting.invoke(System.class, "exit", null, 3);
                case "reflection on Runtime.exit" -> Reflecting.invoke(Runtime.class, "exit", Runtime.getRuntime(), 3);
                case "reflection on Runtime.halt" -> Reflecting.invoke(Runtime.class, "halt", Runtime.getRuntime(), 3);
                case "reference to reflection" -> Reflecting.invoke(Method::invoke, System.class, "exit", null, 3);
                case "reflection on others" -> {
                    return Reflecting.invoke(Math.class, "abs", null, -7);
                }
                case "reflection on its own" -> {
                    return Reflecting.invoke(Reflecting.class, "hidden", null, 7);
                }
                default -> {
                    return 7;
                }
            }
            return 0;
        }
    }

    /** Calls methods that take a number, by reflection. */
    static final class Reflecting {
        /** As {@link Method#invoke}. */
        interface Invoking {
            Object invoke(Method method, Object target, Object... arguments) throws ReflectiveOperationException;
        }

        private Reflecting() {}

        static int invoke(Class<?> type, String name, Object target, int number) {
            return invoke((method, of, arguments) -> method.invoke(of, arguments), type, name, target, number);
        }

        static int invoke(Invoking invoking, Class<?> type, String name, Object target, int number) {
            try {
                return (int) invoking.invoke(type.getDeclaredMethod(name, int.class), target, number);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }

        private static int hidden(int number) {
            return number;
        }
    }

    /** Ends the process in a method of an interface. */
    public interface Quits {
        /** Ends it. */
        default void quit() {
            System.exit(3);
        }
    }

    @BeforeEach
    void load() throws Exception {
        Path jar = ArchiveFile.empty()
                .manifest("Implementation-Title: ending")
                .classes(Ending.class, Quits.class, Reflecting.class, Reflecting.Invoking.class)
                .write(directory.resolve("ending.jar"));
        loader = ApplicationClassLoader.refusingExit(
                "shop", List.of(jar), getClass().getClassLoader(), Visibility.API);
    }

    @AfterEach
    void close() throws Exception {
        loader.close();
    }

    private IntSupplier ending(String how) throws ReflectiveOperationException {
        Class<?> type = loader.loadClass(Ending.class.getName());
        assertThat(type.getClassLoader()).isSameAs(loader);
        assertThat(type.getPackage().getImplementationTitle()).isEqualTo("ending");
        assertThat(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .endsWith("ending.jar");
        return (IntSupplier) type.getConstructor(String.class).newInstance(how);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit",
                "Runtime.exit",
                "Runtime.halt",
                "reference",
                "bound reference",
                "unbound reference",
                "lambda",
                "interface",
                "reflection",
                "reflection on Runtime.exit",
                "reflection on Runtime.halt",
                "reference to reflection"
            })
    void isRefused(String how) throws Exception {
        IntSupplier ending = ending(how);
        assertThatThrownBy(ending::getAsInt)
                .isInstanceOf(SecurityException.class)
                .hasMessageContaining("shop")
                .hasMessageMatching(".* status (3|\\[3]) .*")
                .hasMessageContaining("exit: refuse");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "reflection on others", "reflection on its own"})
    void theRestOfTheClassWorks(String how) throws Exception {
        assertThat(ending(how).getAsInt()).isEqualTo(7);
    }
}
