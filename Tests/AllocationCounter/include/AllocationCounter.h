#pragma once

/// How often the calling thread has asked for memory, or given it back, since it began.
unsigned long allocation_count(void);
