package dev.sluice.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Ordinary object models, at random: a fork of each has its shape, and every key is found. The number of models is
 * {@code -Dsluice.test.models=20000}, the first seed {@code -Dsluice.test.seed=}; each seed after it is one greater.
 */
class DomainModelTest {
    private static final long SEED = Long.getLong("sluice.test.seed", System.nanoTime());
    private static final Logger LOG = Logger.getLogger(Template.class.getName());
    private static final int MODELS = Integer.getInteger("sluice.test.models", 500);

    /** Constants with state are a warning in most models. */
    @BeforeAll
    static void warnNobody() {
        LOG.setLevel(java.util.logging.Level.SEVERE);
    }

    @AfterAll
    static void warnAgain() {
        LOG.setLevel(null);
    }

    @Test
    void everyModelIsForkedAsItIs() {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < MODELS; i++) {
            long seed = SEED + i;
            try {
                DomainModel.Entity root = DomainModel.of(seed);
                Template<DomainModel.Entity> template = Template.of("model", root, ForkOptions.defaults());
                DomainModel.Entity fork = template.fork();
                SameModel.verify(root, fork);
                SameModel.verify(root, template.fork());
            } catch (AssertionError | RuntimeException e) {
                wrong.add("seed " + seed + ": " + e);
            }
        }
        System.out.println("DomainModelTest: seeds " + SEED + " to " + (SEED + MODELS - 1) + ", " + wrong.size()
                + " of " + MODELS + " wrong");
        assertThat(wrong).isEmpty();
    }

    /** In these models sets are keys whose hash is that of an empty set. */
    @ParameterizedTest
    @ValueSource(longs = {170003367, 170008383, 170011978, 170014817, 250009645})
    void setsThatHashLikeEmptyOnes(long seed) {
        DomainModel.Entity root = DomainModel.of(seed);
        SameModel.verify(
                root, Template.of("model", root, ForkOptions.defaults()).fork());
    }
}
