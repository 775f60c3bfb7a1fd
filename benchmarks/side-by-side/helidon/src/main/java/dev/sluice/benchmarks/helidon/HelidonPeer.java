package dev.sluice.benchmarks.helidon;

import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.function.Consumer;

/** Helidon SE with a handler of its own: {@code HelidonPeer PORT}. Needs JDK 21. */
public final class HelidonPeer {
    private HelidonPeer() {}

    public static void main(String[] arguments) throws Exception {
        Class<?> handlerType = Class.forName("io.helidon.webserver.http.Handler");
        Object hello = Proxy.newProxyInstance(
                HelidonPeer.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, parameters) -> {
                    if (method.getName().equals("handle")) {
                        call(parameters[1], "send", (Object) "hello, world\n");
                    }
                    return null;
                });
        Object handlers = Array.newInstance(handlerType, 1);
        Array.set(handlers, 0, hello);
        Consumer<Object> routing = builder -> call(builder, "get", "/hello", handlers);
        Object builder = Class.forName("io.helidon.webserver.WebServer")
                .getMethod("builder")
                .invoke(null);
        call(builder, "host", "127.0.0.1");
        call(builder, "port", Integer.parseInt(arguments[0]));
        call(builder, "routing", routing);
        call(call(builder, "build"), "start");
        Thread.currentThread().join();
    }

    private static Object call(Object target, String name, Object... arguments) {
        try {
            for (Method method : target.getClass().getMethods()) {
                if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
                    method.setAccessible(true);
                    return method.invoke(target, arguments);
                }
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name + " of " + target.getClass(), e);
        }
        throw new IllegalStateException("method " + name + Arrays.toString(arguments) + " of " + target.getClass()
                + " (expected: the API of Helidon 4)");
    }

    private static boolean takes(Class<?>[] types, Object[] arguments) {
        if (types.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            boolean number = types[i] == int.class && arguments[i] instanceof Integer;
            if (!number && !types[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }
}
