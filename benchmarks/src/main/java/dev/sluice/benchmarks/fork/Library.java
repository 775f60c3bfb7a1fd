package dev.sluice.benchmarks.fork;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.util.DefaultInstantiatorStrategy;
import com.rits.cloning.Cloner;
import dev.sluice.fork.ForkOptions;
import dev.sluice.fork.Template;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.function.Supplier;
import org.apache.fory.Fory;
import org.objenesis.strategy.StdInstantiatorStrategy;

/** The ways to copy a graph that are compared; each set up as its documentation says, without {@code --add-opens}. */
public enum Library {
    SLUICE {
        @Override
        Supplier<Object> copier(Object graph) {
            Template<Object> template = Template.of("graph", graph, ForkOptions.defaults());
            return template::fork;
        }
    },
    BY_HAND {
        @Override
        Supplier<Object> copier(Object graph) {
            return () -> Graphs.byHand(graph);
        }
    },
    KRYO {
        @Override
        Supplier<Object> copier(Object graph) {
            Kryo kryo = new Kryo();
            kryo.setRegistrationRequired(false);
            kryo.setCopyReferences(true);
            kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
            return () -> kryo.copy(graph);
        }
    },
    FORY {
        @Override
        Supplier<Object> copier(Object graph) {
            Fory fory = Fory.builder()
                    .withXlang(false)
                    .requireClassRegistration(false)
                    .withRefTracking(true)
                    .withRefCopy(true)
                    .suppressClassRegistrationWarnings(true)
                    .build();
            return () -> fory.copy(graph);
        }
    },
    CLONING {
        @Override
        Supplier<Object> copier(Object graph) {
            Cloner cloner = new Cloner();
            return () -> cloner.deepClone(graph);
        }
    },
    SERIALIZATION {
        @Override
        Supplier<Object> copier(Object graph) {
            return () -> serialized(graph);
        }
    };

    /** Prepares copies of this graph; what can be done ahead is done here. */
    abstract Supplier<Object> copier(Object graph);

    private static Object serialized(Object graph) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(graph);
            }
            try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                return in.readObject();
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
