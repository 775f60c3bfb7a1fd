/** Races that publishing and forking must survive, run by jcstress: {@code benchmarks/fork.sh stress}. */
package dev.sluice.benchmarks.fork.stress;
