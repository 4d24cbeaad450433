import Testing
import Subprocess
