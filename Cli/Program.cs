return Checker.Cli.CommandLine.Run(args, Console.Out, Console.Error);
