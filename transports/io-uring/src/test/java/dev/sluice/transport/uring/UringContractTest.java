package dev.sluice.transport.uring;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** The whole contract on io_uring. */
@Suite
@SelectPackages("dev.sluice.transport.contract")
@IncludeClassNamePatterns(".*Test")
@ConfigurationParameter(key = "sluice.transport", value = "io_uring")
class UringContractTest {}
