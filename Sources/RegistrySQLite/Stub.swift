import Crypto
import GRDB

