package dev.sluice.transport.uring;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeTags;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The contract on io_uring with partial and refused writes, short reads and late events. */
@Suite
@SelectPackages("dev.sluice.transport.contract")
@IncludeClassNamePatterns(".*Test")
@ExcludeTags("exact")
@ConfigurationParameter(key = "sluice.transport", value = "faults:io_uring")
class UringFaultsContractTest {}
