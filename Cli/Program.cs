Checker.Cli.StandardStreams.Guard();
return Checker.Cli.CommandLine.Run(args, Console.Out, Console.Error);
