import RegistryServer

await DaemonMain.run()
