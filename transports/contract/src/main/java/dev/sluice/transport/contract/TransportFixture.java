package dev.sluice.transport.contract;

import dev.sluice.transport.Transport;
import dev.sluice.transport.TransportOptions;
import dev.sluice.transport.TransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.ServiceLoader;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test a fresh {@link Transport} of the kind under test, a {@link TransportProvider}, an {@link HttpUnderTest} or an
 * {@link Endpoint}, and closes them afterwards. Which transport it is says the configuration parameter {@code sluice.transport}; a name
 * such as {@code faults:nio} puts a {@link FaultyProvider} in front.
 */
public final class TransportFixture implements ParameterResolver {
    /** Name of the configuration parameter. */
    public static final String TRANSPORT = "sluice.transport";

    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(TransportFixture.class);

    /** Made by JUnit. Tests wait as long as a busy machine may need. */
    public TransportFixture() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    /** The provider of that name. */
    public static TransportProvider provider(String name) {
        if (name.startsWith(FaultyProvider.PREFIX)) {
            return new FaultyProvider(provider(name.substring(FaultyProvider.PREFIX.length())));
        }
        return ServiceLoader.load(TransportProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport " + name + " on the class path"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Transport.class
                || type == TransportProvider.class
                || type == HttpUnderTest.class
                || type == Endpoint.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TransportProvider.class) {
            return provider(context.getConfigurationParameter(TRANSPORT).orElse("nio"));
        }
        Open<Transport> transport = opened(context);
        if (type == Transport.class) {
            return transport.value();
        }
        ExtensionContext.Store store = context.getStore(SPACE);
        return type == HttpUnderTest.class
                ? store.computeIfAbsent(
                        HttpUnderTest.class, key -> new HttpUnderTest(transport.value()), HttpUnderTest.class)
                : store.computeIfAbsent(Endpoint.class, key -> new Endpoint(transport.value()), Endpoint.class);
    }

    @SuppressWarnings("unchecked")
    private static Open<Transport> opened(ExtensionContext context) {
        String name = context.getConfigurationParameter(TRANSPORT).orElse("nio");
        return context.getStore(SPACE).computeIfAbsent(Open.class, key -> new Open<>(open(name)), Open.class);
    }

    private static Transport open(String name) {
        try {
            return provider(name)
                    .open(TransportOptions.builder()
                            .loops(2)
                            .threadName("contract")
                            .build());
        } catch (IOException e) {
            throw new IllegalStateException("transport " + name + " did not open", e);
        }
    }

    /** Something that JUnit's store closes. */
    record Open<T extends AutoCloseable>(T value) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            value.close();
        }
    }
}
