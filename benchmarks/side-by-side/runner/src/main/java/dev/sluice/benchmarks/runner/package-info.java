/** Runs the benchmark's rows on several servers, interleaved, and reports medians. */
package dev.sluice.benchmarks.runner;
