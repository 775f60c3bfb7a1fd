/** The contract that every transport passes, over real sockets. */
@NullMarked
package dev.sluice.transport.contract;

import org.jspecify.annotations.NullMarked;
