using BenchmarkDotNet.Running;

// In this process: the project that BenchmarkDotNet would generate, build and run instead could not see what is internal.
BenchmarkSwitcher.FromAssembly(typeof(Checker.Benchmarks.Instances).Assembly).Run(["--inProcess", .. args]);
