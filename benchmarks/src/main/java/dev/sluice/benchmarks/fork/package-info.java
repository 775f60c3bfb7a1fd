/** What copying a template costs and gets right, beside other libraries and beside code written by hand. */
@NullMarked
package dev.sluice.benchmarks.fork;

import org.jspecify.annotations.NullMarked;
