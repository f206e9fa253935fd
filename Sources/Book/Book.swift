import CellKernel
import Chapters
import Diagnostics
import Weaving
